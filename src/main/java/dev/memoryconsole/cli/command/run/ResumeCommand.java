package dev.memoryconsole.cli.command.run;

import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code memory-console resume STORE}. */
@Command(
    name = "resume",
    description = "Finishes a run that was interrupted or cancelled: the latest, or the one named.")
public final class ResumeCommand extends RunCommand {
  @Option(names = "--run", paramLabel = "R", description = "Only this run.")
  private @Nullable Long run;

  @Override
  protected int run(Upgrades upgrades) throws InterruptedException {
    UpgradeOptions options = options(Set.of());
    if (run != null) {
      return follow(upgrades, upgrades.resume(run, options));
    }
    List<RunRecord> open = upgrades.resumable();
    if (open.isEmpty()) {
      return nothing();
    }
    int code = follow(upgrades, upgrades.resume(open.getFirst().id(), options));
    if (open.size() > 1) {
      warn("Run %d can be resumed too; name it with --run.", open.get(1).id());
    }
    return code;
  }
}
