package dev.memoryconsole.lock.figures;

/**
 * What a set of acquisitions adds up to. Immutable.
 *
 * @param acquisitions how many times the lock was held, by those who told
 * @param contended how many askings waited noticeably, {@value #NOTICEABLE_MILLIS} ms or more
 * @param timedOut how many gave up, because it could not be had in time
 * @param rows rows written under it
 * @param heldNanos all holds together, nanoseconds, those that were only seen included
 * @param seen how many holds of others were seen
 * @param commitsSeen how many writes of others were seen
 * @param waits from asking to holding, of those who told
 * @param holds from holding to released, of those who told
 */
public record LockFigures(
    long acquisitions,
    long contended,
    long timedOut,
    long rows,
    long heldNanos,
    long seen,
    long commitsSeen,
    LockDistribution waits,
    LockDistribution holds) {
  /** A shorter wait is none that anybody would notice. */
  public static final long NOTICEABLE_MILLIS = 1;

  static final long NOTICEABLE_NANOS = NOTICEABLE_MILLIS * 1_000_000;

  /** What nothing adds up to. */
  public static final LockFigures NONE =
      new LockFigures(0, 0, 0, 0, 0, 0, 0, LockDistribution.NONE, LockDistribution.NONE);

  /** Both together. */
  public LockFigures plus(LockFigures other) {
    return new LockFigures(
        acquisitions + other.acquisitions,
        contended + other.contended,
        timedOut + other.timedOut,
        rows + other.rows,
        heldNanos + other.heldNanos,
        seen + other.seen,
        commitsSeen + other.commitsSeen,
        waits.plus(other.waits),
        holds.plus(other.holds));
  }

  /** The part of the askings that waited noticeably, 0 to 1. */
  public double contendedShare() {
    return waits.count() == 0 ? 0 : (double) contended / waits.count();
  }
}
