package dev.memoryconsole.cli.command.run;

import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.journal.team.TeamRun;
import dev.memoryconsole.journal.team.TeamRuns;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code memory-console work STORE}. */
@Command(
    name = "work",
    description =
        "Works on a run that was shared with 'upgrade STORE --shared', beside other consoles, until"
            + " it is over: the oldest, or the one named.")
public final class WorkCommand extends SharedRunCommand {
  private static final long LOOK_MILLIS = 2_000;

  @Option(names = "--run", paramLabel = "R", description = "Only this run.")
  private @Nullable Long run;

  @Option(
      names = "--wait",
      description = "Wait for a run where there is none, and for the next when one is over.")
  private boolean waits;

  @Override
  protected int run(Upgrades upgrades) throws InterruptedException {
    UpgradeOptions options = options(Set.of());
    if (run != null) {
      return workOn(upgrades, run, options);
    }
    TeamRuns team = sharedRuns(upgrades);
    while (true) {
      List<TeamRun> open = team.open();
      if (!open.isEmpty()) {
        int code = workOn(upgrades, open.getFirst().record().id(), options);
        if (!waits) {
          return code;
        }
      } else if (!waits) {
        if (isJson()) {
          return nothing();
        }
        say("No run of this store is shared and has memories left; nothing was done.");
        return ExitCode.DONE;
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }
}
