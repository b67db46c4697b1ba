package dev.memoryconsole.cli.command.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunRecord.Restore;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.journal.team.TeamRun;
import dev.memoryconsole.journal.team.TeamRuns;
import dev.memoryconsole.journal.team.TeamWorker;
import dev.memoryconsole.upgrade.Upgrades;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code memory-console runs STORE}. */
@Command(name = "runs", description = "Lists the runs of a store, or the entries of one run.")
public final class RunsCommand extends StoreCommand {
  @Option(names = "--run", paramLabel = "R", description = "The entries of this run.")
  private @Nullable Long run;

  @Option(
      names = "--pause",
      paramLabel = "R",
      description = "Have all consoles that work on this shared run rest.")
  private @Nullable Long pause;

  @Option(
      names = "--go-on",
      paramLabel = "R",
      description = "Have them go on; a shared run that was cancelled is open again.")
  private @Nullable Long goOn;

  @Option(
      names = "--cancel",
      paramLabel = "R",
      description = "Cancel this shared run: all who work on it stop, what is written stays.")
  private @Nullable Long cancel;

  @Override
  protected int run(Upgrades upgrades) {
    if (pause != null || goOn != null || cancel != null) {
      wish(upgrades);
    }
    if (run == null) {
      list(upgrades.runs(Integer.MAX_VALUE));
    } else {
      long wanted = run;
      RunRecord record = upgrades.run(wanted).orElseThrow(() -> noRun(wanted));
      show(
          record, workers(upgrades, wanted), upgrades.entries(run, Set.of(), 0, Integer.MAX_VALUE));
    }
    return ExitCode.DONE;
  }

  private void wish(Upgrades upgrades) {
    TeamRuns team = SharedRunCommand.sharedRuns(upgrades);
    if (pause != null) {
      team.pause(pause, true);
    }
    if (goOn != null) {
      team.pause(goOn, false);
    }
    if (cancel != null) {
      team.cancel(cancel);
    }
  }

  private void list(List<RunRecord> runs) {
    if (isJson()) {
      ObjectNode document = Json.object();
      ArrayNode array = document.putArray("runs");
      runs.forEach(record -> array.add(json(record)));
      print(document);
    } else {
      runs.forEach(this::line);
      say("%d runs.", runs.size());
    }
  }

  private static List<TeamWorker> workers(Upgrades upgrades, long run) {
    return upgrades
        .sharedRuns()
        .flatMap(team -> team.find(run))
        .map(TeamRun::workers)
        .orElse(List.of());
  }

  private void show(RunRecord record, List<TeamWorker> workers, List<EntryRecord> entries) {
    if (isJson()) {
      ObjectNode node = json(record);
      if (!workers.isEmpty()) {
        node.set("workers", SharedRunCommand.workers(workers));
      }
      ArrayNode array = node.putArray("entries");
      entries.forEach(entry -> array.add(Json.entry(entry)));
      print(node);
    } else {
      line(record);
      for (TeamWorker worker : workers) {
        say(
            "      %s, process %d, %s: %d finished, %d under way",
            worker.name(),
            worker.pid(),
            worker.isAtWork() ? "at work" : "not at work",
            worker.finished(),
            worker.taken());
      }
      for (EntryRecord entry : entries) {
        say(
            "%-9s  %-36s  %s  %s",
            Json.word(entry.state()), entry.id(), entry.title(), entry.reason());
      }
    }
  }

  private void line(RunRecord record) {
    if (record.restore() != null) {
      say(
          "%4d  %s  %-7s  %-11s  %s",
          record.id(),
          Instant.ofEpochMilli(record.startedAt()),
          Json.word(record.kind()),
          Json.word(record.state()),
          restore(record, record.restore()));
      return;
    }
    say(
        "%4d  %s  %-7s  %-11s  %-8s  %d selected, %s, %d fallback, %d failed",
        record.id(),
        Instant.ofEpochMilli(record.startedAt()),
        Json.word(record.kind()),
        Json.word(record.state()),
        record.enricher(),
        record.selected(),
        FollowingCommand.done(record.kind(), record::count),
        record.count(EntryState.FALLBACK),
        record.count(EntryState.FAILED));
  }

  private static String restore(RunRecord record, Restore restore) {
    String safety = restore.safetyCopy();
    if (safety == null) {
      return "snapshot %s%s"
          .formatted(restore.snapshot(), record.state().isOver() ? ": nothing was changed" : "");
    }
    return switch (record.state()) {
      case RUNNING, PAUSED -> "snapshot %s".formatted(restore.snapshot());
      case COMPLETED ->
          "snapshot %s; what was there before is in %s".formatted(restore.snapshot(), safety);
      case CANCELLED, INTERRUPTED ->
          "the store is as it was before or as the snapshot %s was; what it held before is in %s, restore the one you want"
              .formatted(restore.snapshot(), safety);
    };
  }

  private static ObjectNode json(RunRecord record) {
    ObjectNode node =
        Json.object()
            .put("run", record.id())
            .put("kind", Json.word(record.kind()))
            .put("state", Json.word(record.state()))
            .put("enricher", record.enricher())
            .put("started_at", record.startedAt())
            .put("finished_at", record.finishedAt())
            .put("selected", record.selected());
    Json.counts(node, record::count);
    if (record.ofRun() != null) {
      node.put("of_run", record.ofRun()).put("undone", record.count(EntryState.UNDONE));
    }
    if (record.kind() == RunKind.MEND) {
      node.put("mended", record.count(EntryState.MENDED))
          .put("deleted", record.count(EntryState.DELETED));
    }
    if (record.restore() != null) {
      node.put("snapshot", record.restore().snapshot())
          .put("safety_copy", record.restore().safetyCopy());
    }
    if (record.verification() != Verification.NONE) {
      node.put("verification", Json.word(record.verification()))
          .put("reapplied", record.reapplied());
    }
    node.put("elapsed_ms", record.elapsedMillis());
    node.set("lock", Json.lock(record.lock()));
    return node;
  }
}
