package dev.memoryconsole.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * One acquisition of a store's write lock, after its end, or what was seen of somebody else's.
 *
 * @param holder who held it, or asked in vain
 * @param purpose what it was for; of others {@link LockPurpose.Kind#OTHER} unless they told
 * @param acquiredAtMicros when it was acquired or the asking ended, microseconds since 1970
 * @param waitNanos from asking to holding, nanoseconds; of others who did not tell: 0
 * @param holdNanos from holding to released, nanoseconds; 0 if it was never acquired
 * @param rows rows written under it; of others who did not tell: 0
 * @param outcome how it ended
 * @param observed whether somebody else was seen holding it, from the first look that found it
 *     taken to the first that found it free, and did not tell: the hold is as exact as the looks
 *     were close
 */
public record LockAcquisition(
    LockHolder holder,
    LockPurpose purpose,
    long acquiredAtMicros,
    long waitNanos,
    long holdNanos,
    int rows,
    Outcome outcome,
    boolean observed) {
  private static final long MICROS_PER_MILLI = 1_000;
  private static final long NANOS_PER_MICRO = 1_000;

  /** How an acquisition ended. */
  public enum Outcome {
    /** Held and released, work done. */
    RELEASED,
    /** Held and released, work done, after it was taken from a holder who had abandoned it. */
    TAKEN_OVER,
    /** Held and released, but the work inside failed and was rolled back. */
    ROLLED_BACK,
    /** Lost while held: somebody took it for abandoned. Nothing is written under it from then. */
    COMPROMISED,
    /** Never acquired within the bound on waiting. */
    TIMED_OUT,
    /** An admin removed the lock of a holder that showed no sign of life. */
    BROKEN,
    /** A write of somebody else was seen, how long it held the lock was not. */
    COMMIT_SEEN;

    /** Whether the lock was held. */
    public boolean wasHeld() {
      return switch (this) {
        case RELEASED, ROLLED_BACK, TAKEN_OVER, COMPROMISED -> true;
        case TIMED_OUT, BROKEN, COMMIT_SEEN -> false;
      };
    }
  }

  /**
   * An acquisition of this process.
   *
   * @param acquiredAt milliseconds since 1970
   */
  public LockAcquisition(
      LockPurpose purpose,
      long acquiredAt,
      long waitNanos,
      long holdNanos,
      int rows,
      Outcome outcome) {
    this(
        LockHolder.ours(purpose),
        purpose,
        acquiredAt * MICROS_PER_MILLI,
        waitNanos,
        holdNanos,
        rows,
        outcome,
        false);
  }

  private static LockAcquisition ofOthers(
      LockHolder holder, long atMicros, long holdNanos, Outcome outcome) {
    LockPurpose unknown = LockPurpose.of(LockPurpose.Kind.OTHER);
    return new LockAcquisition(holder, unknown, atMicros, 0, holdNanos, 0, outcome, true);
  }

  /** What was seen of somebody else's hold. */
  public static LockAcquisition seen(LockHolder holder, long acquiredAtMicros, long holdNanos) {
    return ofOthers(holder, acquiredAtMicros, holdNanos, Outcome.RELEASED);
  }

  /** Somebody else's write that was seen, without its hold. */
  public static LockAcquisition commitSeen(LockHolder holder, long atMicros) {
    return ofOthers(holder, atMicros, 0, Outcome.COMMIT_SEEN);
  }

  /** When it was acquired, milliseconds since 1970. */
  public long acquiredAt() {
    return Math.floorDiv(acquiredAtMicros, MICROS_PER_MILLI);
  }

  /** Microseconds since 1970, the unit of an acquisition's times. */
  public static long microsOf(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / NANOS_PER_MICRO;
  }

  /** When it was released, microseconds since 1970. */
  public long endedAtMicros() {
    return acquiredAtMicros + holdNanos / NANOS_PER_MICRO;
  }

  /** When the asking began, microseconds since 1970. */
  public long askedAtMicros() {
    return acquiredAtMicros - waitNanos / NANOS_PER_MICRO;
  }

  /**
   * The end of a hold of somebody unknown that was broken.
   *
   * @param at when
   * @param heldFor how long it had been held until then
   */
  public static LockAcquisition broken(Instant at, Duration heldFor) {
    long held = heldFor.toNanos();
    return ofOthers(
        LockHolder.Foreign.UNKNOWN,
        microsOf(at) - TimeUnit.NANOSECONDS.toMicros(held),
        held,
        Outcome.BROKEN);
  }
}
