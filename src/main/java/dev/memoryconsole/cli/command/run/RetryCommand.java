package dev.memoryconsole.cli.command.run;

import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code memory-console retry STORE}. */
@Command(
    name = "retry",
    description = "Retries what fell back, failed or stayed stale: of one run, or of the store.")
public final class RetryCommand extends RunCommand {
  @Option(names = "--run", paramLabel = "R", description = "Only the entries of this run.")
  private @Nullable Long run;

  @Override
  protected int run(Upgrades upgrades) throws InterruptedException {
    UpgradeOptions options = options(Set.of());
    return follow(
        upgrades, run == null ? upgrades.retryAll(options) : upgrades.retry(run, options));
  }
}
