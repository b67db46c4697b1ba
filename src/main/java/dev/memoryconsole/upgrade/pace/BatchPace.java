package dev.memoryconsole.upgrade.pace;

/**
 * What the batches of a run do now, and why.
 *
 * @param rows how many entries the next batch may have
 * @param maxHoldMillis the bound on holds, in milliseconds; 0 if the size is fixed
 * @param lastHoldMillis the last hold, in milliseconds; 0 before the first
 * @param pauseMillis how long the lock is left alone after the last hold, in milliseconds; 0 if the
 *     store sees to that itself
 * @param reason why the size is what it is
 */
public record BatchPace(
    int rows, int maxHoldMillis, double lastHoldMillis, double pauseMillis, Reason reason) {
  /** Why batches have the size they have. */
  public enum Reason {
    /** The admin has set the size. */
    FIXED,
    /** Small ones first, to find out how long they take. */
    STARTING,
    /** The holds are far below the bound. */
    GROWING,
    /** The size keeps the holds below the bound. */
    STEADY,
    /** The last hold was longer than the size had promised. */
    SLOWER,
    /** The last hold was over the bound. */
    OVER_THE_BOUND,
    /** Others write all the time: a batch is to be over before they feel it. */
    AMONG_OTHERS,
    /** Another writer was waiting. */
    WRITER_WAITING,
    /** Smaller batches would not keep the bound either, only take the lock more often. */
    BOUND_TOO_LOW,
    /** The batches have the largest size allowed. */
    LARGEST,
    /** Each entry is written by itself, by compare-and-swap. */
    ONE_BY_ONE
  }
}
