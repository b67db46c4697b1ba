package dev.memoryconsole.lock;

/**
 * One acquisition of a store's write lock, after its end.
 *
 * @param purpose what it was for
 * @param acquiredAt when it was acquired, milliseconds since 1970
 * @param waitNanos from asking to holding, nanoseconds
 * @param holdNanos from holding to released, nanoseconds; 0 if it was never acquired
 * @param rows rows written under it
 * @param outcome how it ended
 */
public record LockEvent(
    LockPurpose purpose,
    long acquiredAt,
    long waitNanos,
    long holdNanos,
    int rows,
    Outcome outcome) {
  /** How an acquisition ended. */
  public enum Outcome {
    /** Held and released, work done. */
    RELEASED,
    /** As {@link #RELEASED}, but it had first to be taken from a holder who had abandoned it. */
    TAKEN_OVER,
    /** Held and released, but the work inside failed and was rolled back. */
    ROLLED_BACK,
    /** Lost while held: somebody took it for abandoned. Nothing is written under it from then. */
    COMPROMISED,
    /** Never acquired within the bound on waiting. */
    TIMED_OUT
  }
}
