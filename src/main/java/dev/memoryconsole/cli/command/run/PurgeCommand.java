package dev.memoryconsole.cli.command.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.StopOnSignal;
import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.option.Since;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.exchange.Snapshot;
import dev.memoryconsole.exchange.Snapshots;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.upgrade.Erasure;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code memory-console purge STORE}. */
@Command(
    name = "purge",
    description = {
      "Erases for good what the journal keeps of deleted memories, so that 'undo' could put them"
          + " back: texts, enrichments, metadata, whole rows with their vectors, in all runs of the"
          + " store.",
      "Without --run and --older-than everything that runs deleted. A memory that is there again is"
          + " left alone."
    })
public final class PurgeCommand extends StoreCommand {
  @Option(
      names = "--run",
      split = ",",
      paramLabel = "R",
      description = "Only what these runs deleted; several with commas between them.")
  private Set<Long> runs = Set.of();

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      converter = Since.Converter.class,
      description = "Only what was deleted longer ago, for example 30d or 12h.")
  private @Nullable Since olderThan;

  @Option(names = "--dry-run", description = "Show which memories it would be, and erase nothing.")
  private boolean dryRun;

  @Option(
      names = "--yes",
      paramLabel = "N",
      description =
          "Do it, if it is about N memories; without this, or if there are more or fewer by now,"
              + " nothing is erased.")
  private @Nullable Integer expected;

  @Override
  protected int run(Upgrades upgrades) throws InterruptedException {
    try (StopOnSignal _ = StopOnSignal.stops(Thread.currentThread())) {
      Erasure.Plan plan = upgrades.planErasure(runs, before());
      int open = plan.ids().size();
      if (dryRun || (open == 0 && expected == null)) {
        return show(upgrades, plan);
      }
      if (expected == null || expected != open) {
        throw usage(
            "%,d memories would be erased for good%s; nothing was. Add --yes %d to do it, or"
                    .formatted(open, expected == null ? "" : ", not %,d".formatted(expected), open)
                + " --dry-run to see which.");
      }
      return done(upgrades, plan, upgrades.erase(plan));
    }
  }

  private long before() {
    return olderThan == null
        ? Long.MAX_VALUE
        : System.currentTimeMillis() - olderThan.duration().toMillis();
  }

  private int show(Upgrades upgrades, Erasure.Plan plan) {
    if (isJson()) {
      ObjectNode document =
          Json.object()
              .put("memories", plan.ids().size())
              .put("there_again", plan.thereAgain())
              .put("erased", false);
      ArrayNode ids = document.putArray("ids");
      plan.ids().forEach(ids::add);
      putRemains(document, upgrades, plan);
      print(document);
    } else {
      plan.ids().forEach(id -> say("%s", id));
      say(
          "%,d memories would be erased for good, %,d are there again; nothing was erased.",
          plan.ids().size(), plan.thereAgain());
      sayRemains(upgrades, plan);
    }
    return ExitCode.DONE;
  }

  private int done(Upgrades upgrades, Erasure.Plan plan, Erasure.Report report) {
    Message notCleaned = report.notCleaned();
    if (isJson()) {
      ObjectNode document =
          Json.object()
              .put("memories", report.memories())
              .put("entries", report.entries())
              .put("there_again", plan.thereAgain() + plan.ids().size() - report.memories())
              .put("erased", true)
              .put("not_cleaned", notCleaned == null ? null : Wording.ENGLISH.of(notCleaned));
      putRemains(document, upgrades, plan);
      print(document);
    } else {
      say(
          "Erased for good what the journal kept of %,d memories, in %,d entries of runs; they"
              + " can't be put back any more.",
          report.memories(), report.entries());
      sayRemains(upgrades, plan);
    }
    if (notCleaned != null) {
      warn("%s", Wording.ENGLISH.of(notCleaned));
    }
    return notCleaned == null ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }

  /** What is not the journal's, and may hold the texts still. */
  private void sayRemains(Upgrades upgrades, Erasure.Plan plan) {
    List<Snapshot> snapshots = snapshots(upgrades, plan);
    if (!snapshots.isEmpty()) {
      say(
          "%d snapshots from before may hold them still; remove their files to be rid of them, in"
              + " %s:",
          snapshots.size(), folder(upgrades));
      snapshots.forEach(snapshot -> say("  %s", snapshot.file().getFileName()));
    }
    remains(upgrades, plan).ifPresent(words -> say("%s", words));
  }

  private void putRemains(ObjectNode document, Upgrades upgrades, Erasure.Plan plan) {
    ArrayNode files = document.putArray("snapshots");
    snapshots(upgrades, plan).forEach(snapshot -> files.add(snapshot.file().toString()));
    document.put("store", remains(upgrades, plan).orElse(null));
  }

  private static Optional<String> remains(Upgrades upgrades, Erasure.Plan plan) {
    return plan.ids().isEmpty()
        ? Optional.empty()
        : upgrades.store().remainsOfDeleted().map(Wording.ENGLISH::of);
  }

  private List<Snapshot> snapshots(Upgrades upgrades, Erasure.Plan plan) {
    return all().before(upgrades.store().location(), plan.lastDeletedAt());
  }

  private String folder(Upgrades upgrades) {
    return all().folderOf(upgrades.store().location()).toString();
  }

  private Snapshots all() {
    return parent().services().snapshots(parent().workspace());
  }
}
