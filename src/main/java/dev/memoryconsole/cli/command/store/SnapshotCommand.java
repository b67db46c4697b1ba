package dev.memoryconsole.cli.command.store;

import dev.memoryconsole.cli.command.StopOnSignal;
import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.exchange.Snapshot;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.upgrade.Upgrades;
import picocli.CommandLine.Command;

/** {@code memory-console snapshot STORE}. */
@Command(
    name = "snapshot",
    description = "Takes a snapshot of a store; others may write meanwhile.")
public final class SnapshotCommand extends StoreCommand {
  @Override
  protected int run(Upgrades upgrades) throws InterruptedException {
    Snapshot taken;
    try (StopOnSignal _ = StopOnSignal.stops(Thread.currentThread())) {
      taken =
          parent()
              .services()
              .snapshots(parent().workspace())
              .take(upgrades.store(), 0, SnapshotProgress.NONE);
    }
    if (isJson()) {
      print(Json.snapshot(taken));
    } else {
      say("Snapshot %s taken, %.1f MB in %s.", taken.name(), taken.bytes() / 1e6, taken.file());
    }
    return ExitCode.DONE;
  }
}
