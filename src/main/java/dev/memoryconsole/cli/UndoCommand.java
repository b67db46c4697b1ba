package dev.memoryconsole.cli;

import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code memory-console undo STORE --run R}. */
@Command(name = "undo", description = "Takes back what a run wrote; what others wrote since stays.")
final class UndoCommand extends FollowingCommand {
  @Option(names = "--run", required = true, paramLabel = "R", description = "The run.")
  private long run;

  @Option(
      names = "--ids",
      split = ",",
      paramLabel = "ID",
      description = "Only these entries, separated by commas.")
  private List<String> ids = List.of();

  @Mixin private BatchOptions batches;

  @Option(
      names = "--no-snapshot",
      description = "Don't take a snapshot of the store before the run.")
  private boolean withoutSnapshot;

  @Override
  int run(Upgrades upgrades) throws InterruptedException {
    UpgradeOptions options;
    try {
      options = batches.apply(defaults().withSnapshot(!withoutSnapshot));
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
    return follow(upgrades.undo(run, ids, options));
  }
}
