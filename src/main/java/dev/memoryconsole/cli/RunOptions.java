package dev.memoryconsole.cli;

import dev.memoryconsole.upgrade.UpgradeOptions;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options of commands that start a run. */
final class RunOptions {
  @Option(names = "--no-llm", description = "Enrich without a language model.")
  private boolean withoutModel;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "10",
      description = "Entries per acquisition of the store's lock, 1 to 10,000 (${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--concurrency",
      paramLabel = "C",
      defaultValue = "8",
      description = "Entries enriched at once, 1 to 1,000 (${DEFAULT-VALUE}).")
  private int concurrency;

  @Option(
      names = "--no-snapshot",
      description = "Don't take a snapshot of the store before the run.")
  private boolean withoutSnapshot;

  @Option(
      names = "--on-failure",
      paramLabel = "WHAT",
      defaultValue = "fallback",
      description =
          "What becomes of an entry that the model fails on: fallback (the simple enrichment,"
              + " recorded as such) or leave (the row stays as it is).")
  private UpgradeOptions.FailurePolicy onFailure = UpgradeOptions.FailurePolicy.FALLBACK;

  int concurrency() {
    return concurrency;
  }

  boolean isWithoutModel() {
    return withoutModel;
  }

  /**
   * The run's options.
   *
   * @throws IllegalArgumentException with a sentence if a number is out of range
   */
  UpgradeOptions toOptions(Set<String> scopes) {
    return new UpgradeOptions(batchSize, concurrency, onFailure, scopes)
        .withSnapshot(!withoutSnapshot);
  }
}
