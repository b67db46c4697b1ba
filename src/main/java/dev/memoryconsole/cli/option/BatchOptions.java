package dev.memoryconsole.cli.option;

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
          "How rows are written: batch (many under one lock) or cas (SQLite only: each by itself,"
              + " where its version is still the one that was read, else merged again).")
  private @Nullable How commit;

  /** How rows are written. */
  private enum How {
    BATCH,
    CAS
  }

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
    if (commit == How.CAS && maxHold != null) {
      throw new IllegalArgumentException(
          "--max-hold-ms is for batches; with --commit cas each entry is written by itself.");
    }
    Batching batching = options.batching();
    UpgradeOptions.CommitMode mode = options.commit();
    if (batchSize != null || maxHold != null) {
      batching =
          batchSize != null
              ? new Batching.Fixed(batchSize)
              : Batching.holdingAtMost(Objects.requireNonNull(maxHold));
      // Who says how large batches are wants batches.
      mode = UpgradeOptions.CommitMode.BATCH;
    }
    if (commit != null) {
      mode =
          switch (commit) {
            case BATCH -> UpgradeOptions.CommitMode.BATCH;
            case CAS -> UpgradeOptions.CommitMode.CAS;
          };
    }
    return options.withBatching(batching).withCommit(mode);
  }
}
