package dev.memoryconsole.cli.option;

import dev.memoryconsole.settings.CommitMode;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.pace.Batching;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that write batches. */
public final class BatchOptions {
  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description =
          "Always so many entries per acquisition of the store's lock, 1 to 10,000; without it,"
              + " as many as keep the holds short, or as the settings say.")
  private @Nullable Integer batchSize;

  @Option(
      names = "--max-hold-ms",
      paramLabel = "N",
      description =
          "Find the batch size that holds the lock at most N milliseconds, 1 to 10,000 (SQLite 50,"
              + " LanceDB 100).")
  private @Nullable Integer maxHold;

  @Option(
      names = "--commit",
      paramLabel = "HOW",
      description =
          "How rows are written: batch (many under one lock) or cas (not the plugin's store: each"
              + " by itself, where its version is still the one that was read, else merged again).")
  private @Nullable CommitMode commit;

  /**
   * Changes a run's options as far as batches were asked for here.
   *
   * @throws IllegalArgumentException with a sentence if a number is out of range or both are given
   */
  public UpgradeOptions apply(UpgradeOptions options) {
    if (batchSize != null && maxHold != null) {
      throw new IllegalArgumentException(
          "Either say --batch-size or --max-hold-ms, not both: one fixes the size, the other finds"
              + " it.");
    }
    if (commit == CommitMode.CAS && maxHold != null) {
      throw new IllegalArgumentException(
          "--max-hold-ms is for batches; with --commit cas each entry is written by itself.");
    }
    UpgradeOptions chosen = options;
    if (batchSize != null || maxHold != null) {
      // Who says how large batches are wants batches.
      chosen =
          chosen
              .withCommit(CommitMode.BATCH)
              .withBatching(
                  batchSize != null
                      ? new Batching.Fixed(batchSize)
                      : Batching.holdingAtMost(Objects.requireNonNull(maxHold)));
    }
    return commit == null ? chosen : chosen.withCommit(commit);
  }
}
