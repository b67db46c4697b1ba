package dev.memoryconsole.cli.command.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.option.SelectionOptions;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.upgrade.PlanReader;
import dev.memoryconsole.upgrade.PlannedRun;
import dev.memoryconsole.upgrade.Preconditions;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.RunRequest;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.UpgradePreview;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code memory-console upgrade STORE}. */
@Command(name = "upgrade", description = "Upgrades the legacy entries, or those that are chosen.")
public final class UpgradeCommand extends SharedRunCommand {
  private static final int PREVIEW_PAGE = 500;

  @Mixin private SelectionOptions selection;

  @Option(
      names = "--dry-run",
      description =
          "Show what would be written, key by key, and write nothing. A model that is named is"
              + " asked for that.")
  private boolean dryRun;

  @Option(
      names = "--shared",
      description =
          "Write the run down in the store's database, where other consoles can work on it too"
              + " ('work STORE'), and work on it here until it is over. Budget and rates are then"
              + " those of all of them together. In PostgreSQL only.")
  private boolean shared;

  @Override
  protected boolean writes() {
    return !dryRun;
  }

  @Override
  protected int run(Upgrades upgrades) throws InterruptedException {
    String problem = selection.problem();
    if (problem != null) {
      throw usage(problem);
    }
    UpgradeOptions options = options(selection.scopes());
    selection.resolve(upgrades.store());
    if (shared && !dryRun) {
      return selection.exitCode(share(upgrades, options));
    }
    if (dryRun) {
      return selection.exitCode(preview(upgrades, options));
    }
    return selection.exitCode(follow(upgrades, start(upgrades, options)));
  }

  private int share(Upgrades upgrades, UpgradeOptions options) throws InterruptedException {
    // Before anything is read: of another kind of store there are none.
    sharedRuns(upgrades);
    PlannedRun plan = upgrades.plan(selection.request(upgrades.store()), options.scopes());
    if (plan.size() == 0) {
      return nothing();
    }
    long run = upgrades.share(plan, options, terms());
    if (!isJson()) {
      say(
          "Run %d is shared: 'memory-console work STORE' on any machine takes part; this console"
              + " does until it is over.",
          run);
      out().flush();
    }
    return workOn(upgrades, run, options);
  }

  /** Starts it. Ids that were named all get an outcome, also those for which nothing is to do. */
  private RunHandle start(Upgrades upgrades, UpgradeOptions options) {
    RunRequest request = selection.request(upgrades.store());
    if (request instanceof RunRequest.Chosen chosen) {
      snapshot(upgrades, options, chosen.ids().size());
      return upgrades.upgrade(chosen.ids(), options);
    }
    PlannedRun plan = upgrades.plan(request, options.scopes());
    snapshot(upgrades, options, plan.size());
    return upgrades.start(plan, options);
  }

  private int preview(Upgrades upgrades, UpgradeOptions options) throws InterruptedException {
    ObjectNode document = Json.object();
    ArrayNode previews = document.putArray("previews");
    RunRequest request = selection.request(upgrades.store());
    PlannedRun plan = upgrades.check(upgrades.peek(request, options.scopes()), PlanReader.NONE);
    Set<String> taken = Set.copyOf(plan.ids());
    Preconditions preconditions = new Preconditions(plan.kind(), plan.scopes());
    List<String> named = request instanceof RunRequest.Chosen chosen ? chosen.ids() : plan.ids();
    int seen = 0;
    for (int from = 0; from < named.size(); from += PREVIEW_PAGE) {
      for (MemoryEntry entry :
          upgrades.store().find(named.subList(from, Math.min(from + PREVIEW_PAGE, named.size())))) {
        UpgradePreview preview =
            taken.contains(entry.id())
                ? upgrades.preview(entry, options)
                : UpgradePreview.skipped(entry, preconditions);
        seen++;
        if (isJson()) {
          previews.add(json(preview));
        } else {
          text(preview);
        }
      }
    }
    if (isJson()) {
      print(document.put("selected", seen).put("taken", plan.size()));
    } else {
      snapshot(upgrades, options, plan.size());
      say("%d entries, %d to upgrade; nothing was written.", seen, plan.size());
    }
    return ExitCode.DONE;
  }

  /** Tells what a snapshot takes before a run of so many entries; without any none is taken. */
  private void snapshot(Upgrades upgrades, UpgradeOptions options, int entries) {
    if (isJson() || entries == 0) {
      return;
    }
    upgrades
        .snapshotRoom(options)
        .filter(SnapshotTaker.Room::suffices)
        .ifPresent(room -> say("%s", Wording.ENGLISH.of(room.sentence())));
  }

  private static ObjectNode json(UpgradePreview preview) {
    ObjectNode node =
        Json.object()
            .put("id", preview.id())
            .put("text", preview.title())
            .put("outcome", Json.word(preview.outcome()))
            .put("reason", preview.reason());
    node.set("diff", Json.diff(preview.diff()));
    return node;
  }

  private void text(UpgradePreview preview) {
    say("%s  %s  %s", preview.id(), Json.word(preview.outcome()), preview.title());
    if (!preview.reason().isEmpty()) {
      say("    %s", preview.reason());
    }
    for (KeyDiff key : preview.diff()) {
      DiffCommand.line(out(), key);
    }
  }
}
