package dev.memoryconsole.cli.command.run;

import dev.memoryconsole.cli.option.BatchOptions;
import dev.memoryconsole.cli.option.IdOptions;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code memory-console undo STORE --run R}. */
@Command(name = "undo", description = "Takes back what a run wrote; what others wrote since stays.")
public final class UndoCommand extends FollowingCommand {
  @Option(names = "--run", required = true, paramLabel = "R", description = "The run.")
  private long run;

  @Mixin private IdOptions ids;

  @Mixin private BatchOptions batches;

  @Option(
      names = "--no-snapshot",
      description = "Don't take a snapshot of the store before the run.")
  private boolean withoutSnapshot;

  @Override
  protected int run(Upgrades upgrades) throws InterruptedException {
    UpgradeOptions options = asked(() -> batches.apply(defaults().withSnapshot(!withoutSnapshot)));
    ids.resolve(wanted -> inRun(upgrades, wanted), "run " + run);
    if (ids.areGiven() && ids.known().isEmpty()) {
      out().println("Run %d wrote none of these entries; nothing was started.".formatted(run));
      return ExitCode.INCOMPLETE;
    }
    return ids.exitCode(follow(upgrades, upgrades.undo(run, ids.known(), options)));
  }

  private Set<String> inRun(Upgrades upgrades, Collection<String> wanted) {
    return wanted.stream()
        .filter(id -> upgrades.history(id).stream().anyMatch(record -> record.run() == run))
        .collect(Collectors.toSet());
  }
}
