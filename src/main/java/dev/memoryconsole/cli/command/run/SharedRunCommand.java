package dev.memoryconsole.cli.command.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.enrich.EnrichCode;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.team.TeamRun;
import dev.memoryconsole.journal.team.TeamRuns;
import dev.memoryconsole.journal.team.TeamRuns.Standing;
import dev.memoryconsole.journal.team.TeamWorker;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeCode;
import dev.memoryconsole.upgrade.UpgradeException;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Commands that work on runs which many consoles share. */
abstract class SharedRunCommand extends RunCommand {
  private static final long LOOK_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;
  private static final int MOST_FRUITLESS = 6;
  private static final Set<String> OF_BUDGET =
      Set.of(EnrichCode.BUDGET_USED_UP.code(), EnrichCode.SHARED_BUDGET_USED_UP.code());

  /** The shared runs of a store; those of other kinds have none. */
  static TeamRuns sharedRuns(Upgrades upgrades) {
    MemoryStore store = upgrades.store();
    return upgrades
        .sharedRuns()
        .orElseThrow(() -> new UpgradeException(UpgradeCode.NO_SHARED_RUNS.with(store.kind())));
  }

  /**
   * Works on a run until it is over, whoever does the rest of it, or until this console alone is
   * stopped.
   */
  final int workOn(Upgrades upgrades, long run, UpgradeOptions options)
      throws InterruptedException {
    TeamRuns team = sharedRuns(upgrades);
    int done = 0;
    int fruitless = 0;
    while (fruitless < MOST_FRUITLESS) {
      Optional<Standing> standing = standing(team, run);
      if (standing.isPresent()
          && (!standing.get().isOpen() || standing.get().wish() == RunState.CANCELLED)) {
        break;
      }
      if (standing.isEmpty()
          || !standing.get().isFree()
          || standing.get().wish() == RunState.PAUSED) {
        // What others have may come back.
        Thread.sleep(LOOK_MILLIS);
        continue;
      }
      RunHandle part = upgrades.work(run, options);
      RunProgress end = untilEnd(part);
      done += end.done();
      Message problem = part.interruption();
      if (!problem.isEmpty()) {
        warn("%s", Wording.ENGLISH.of(problem));
        err().flush();
      }
      if (end.state() == RunState.CANCELLED || OF_BUDGET.contains(problem.code())) {
        break;
      }
      fruitless = problem.isEmpty() || end.done() > 0 ? 0 : fruitless + 1;
      if (!problem.isEmpty()) {
        Thread.sleep(Math.min(LONGEST_PAUSE_MILLIS, LOOK_MILLIS << fruitless));
      }
    }
    return report(team, run, done);
  }

  /** Where the run stands; not there while the server is away. */
  private Optional<Standing> standing(TeamRuns team, long run) {
    try {
      return team.standing(run);
    } catch (JournalException e) {
      warn("%s", e.getMessage());
      err().flush();
      return Optional.empty();
    }
  }

  private int report(TeamRuns team, long run, int done) {
    TeamRun now =
        team.find(run).orElseThrow(() -> new UpgradeException(UpgradeCode.NO_SUCH_RUN.with(run)));
    RunRecord record = now.record();
    if (isJson()) {
      print(json(now).put("done_here", done));
    } else {
      say(
          "Run %d %s: %d selected, %s, %d fallback, %d skipped, %d stale, %d failed, by"
              + " %s; %d of them here.",
          run,
          Json.word(record.state()),
          record.selected(),
          done(record.kind(), record::count),
          record.count(EntryState.FALLBACK),
          record.count(EntryState.SKIPPED),
          record.count(EntryState.STALE),
          record.count(EntryState.FAILED),
          consoles(now),
          done);
    }
    boolean clean =
        record.state() == RunState.COMPLETED
            && record.count(EntryState.FALLBACK) == 0
            && record.count(EntryState.FAILED) == 0
            && record.count(EntryState.STALE) == 0;
    return clean ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }

  private static String consoles(TeamRun run) {
    // One that took part again and again is one.
    long count =
        run.workers().stream().map(worker -> worker.name() + ' ' + worker.pid()).distinct().count();
    return count == 1 ? "one console" : "%d consoles".formatted(count);
  }

  private static ObjectNode json(TeamRun run) {
    RunRecord record = run.record();
    ObjectNode node =
        Json.object()
            .put("run", record.id())
            .put("state", Json.word(record.state()))
            .put("selected", record.selected());
    Json.counts(node, record::count);
    node.set("workers", workers(run.workers()));
    return node;
  }

  /** Who works on a run, or has worked on it. */
  static ArrayNode workers(List<TeamWorker> workers) {
    ArrayNode array = Json.object().putArray("workers");
    for (TeamWorker worker : workers) {
      ObjectNode node =
          Json.object()
              .put("console", worker.name())
              .put("pid", worker.pid())
              .put("since", worker.since())
              .put("at_work", worker.isAtWork())
              .put("taken", worker.taken())
              .put("finished", worker.finished());
      if (worker.usage().calls() > 0) {
        node.set("llm", Json.usage(worker.usage()));
      }
      array.add(node);
    }
    return array;
  }
}
