package dev.memoryconsole.cli.option;

import dev.memoryconsole.settings.FailurePolicy;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands that start a run. */
public final class RunOptions {
  @Option(names = "--no-llm", description = "Enrich without a language model.")
  private boolean withoutModel;

  @Mixin private BatchOptions batches;

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
  private FailurePolicy onFailure = FailurePolicy.FALLBACK;

  /** How many entries are enriched at once. */
  public int concurrency() {
    return concurrency;
  }

  /** Whether {@code --no-llm} was said. */
  public boolean isWithoutModel() {
    return withoutModel;
  }

  /**
   * The run's options.
   *
   * @param otherwise where no option says anything
   * @throws IllegalArgumentException with a sentence if they can't be
   */
  public UpgradeOptions toOptions(UpgradeOptions otherwise, Set<String> scopes) {
    return batches.apply(
        otherwise
            .withConcurrency(concurrency)
            .withOnFailure(onFailure)
            .withScopes(scopes)
            .withSnapshot(!withoutSnapshot));
  }
}
