package dev.memoryconsole.lab;

import dev.memoryconsole.message.Wording;

/**
 * What is tried.
 *
 * @param entries entries to upgrade, 1 to 10,000
 * @param batchSize entries per acquisition where there are batches, 1 to 10,000
 * @param concurrency entries enriched at once where no lock is held meanwhile, 1 to 1,000
 * @param modelMillis how long the model thinks about an entry, 0 to 60,000 milliseconds
 * @param modelFailures the share of entries that the model fails on, 0 to 1
 * @param writerMillis the plugin writes once in so many milliseconds, 1 to 60,000; 0 for never
 * @param patienceMillis how long the plugin waits for the lock before its write fails, 1 to 600,000
 *     milliseconds
 */
public record LabPlan(
    int entries,
    int batchSize,
    int concurrency,
    int modelMillis,
    double modelFailures,
    int writerMillis,
    int patienceMillis) {
  /** A hundred entries, a quick model, a busy plugin. */
  public static final LabPlan DEFAULT = new LabPlan(100, 10, 8, 200, 0, 20, 5_000);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException with a sentence
   */
  public LabPlan {
    check(LabCode.ENTRIES, entries, 1, 10_000);
    check(LabCode.BATCH_SIZE, batchSize, 1, 10_000);
    check(LabCode.CONCURRENCY, concurrency, 1, 1_000);
    check(LabCode.MODEL_TIME, modelMillis, 0, 60_000);
    check(LabCode.WRITER_PACE, writerMillis, 0, 60_000);
    check(LabCode.WRITER_PATIENCE, patienceMillis, 1, 600_000);
    if (!(modelFailures >= 0 && modelFailures <= 1)) {
      throw new IllegalArgumentException(Wording.ENGLISH.of(LabCode.FAILURES_OUT_OF_RANGE.with()));
    }
  }

  private static void check(LabCode what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          Wording.ENGLISH.of(LabCode.OUT_OF_RANGE.with(what.with(), least, most)));
    }
  }
}
