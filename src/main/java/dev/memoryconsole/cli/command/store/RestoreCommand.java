package dev.memoryconsole.cli.command.store;

import dev.memoryconsole.cli.command.Services;
import dev.memoryconsole.cli.command.StopOnSignal;
import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.exchange.Snapshot;
import dev.memoryconsole.exchange.Snapshots;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.upgrade.Upgrades;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code memory-console restore STORE --snapshot NAME}. */
@Command(
    name = "restore",
    description = {
      "Brings a store back to what it was when a snapshot was taken, whoever wrote since.",
      "The present state is kept as a snapshot first. A store that is gone is made anew."
    })
public final class RestoreCommand extends StoreCommand {
  @Option(
      names = "--snapshot",
      required = true,
      paramLabel = "NAME",
      description = "The snapshot, as 'snapshots STORE' lists it.")
  private String name;

  @Override
  protected Upgrades open(Services services) {
    // Before a store is made for a name that is wrong.
    snapshots().find(store(), name);
    return services.openOrCreate(store(), parent().workspace());
  }

  @Override
  protected boolean writes() {
    return true;
  }

  @Override
  protected int run(Upgrades upgrades) throws InterruptedException {
    Snapshot restored = snapshots().find(store(), name);
    Snapshot before;
    try (StopOnSignal _ = StopOnSignal.stops(Thread.currentThread())) {
      before = snapshots().restore(upgrades, restored, SnapshotProgress.NONE);
    }
    long memories = upgrades.store().count(EntryQuery.ALL);
    if (isJson()) {
      print(
          Json.object()
              .put("restored", restored.name())
              .put("memories", memories)
              .put("safety_copy", before.name()));
    } else {
      say("%s is as it was at %s again: %d memories.", store(), restored.takenAt(), memories);
      say(
          "What it held before is in the snapshot %s; restore that one to take this back.",
          before.name());
    }
    return ExitCode.DONE;
  }

  private Snapshots snapshots() {
    return parent().services().snapshots(parent().workspace());
  }
}
