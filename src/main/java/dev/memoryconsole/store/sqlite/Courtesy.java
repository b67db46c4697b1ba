package dev.memoryconsole.store.sqlite;

/**
 * When to take the lock so that other programs hardly ever meet us. They wait without a queue, a
 * millisecond or more each time they find the lock held: what matters to them is how often.
 *
 * <p>While nobody else writes there is no need to wait. While somebody does, the lock is left alone
 * for a hundred times as long as it was held, and then taken right behind a write of theirs, when
 * their next one is farthest. The store itself tells that others wrote ({@code PRAGMA
 * data_version}).
 *
 * <p>Not safe for use by many threads: the head of the queue for the lock uses it.
 */
final class Courtesy {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000 * MICRO;
  private static final long LOOK_NANOS = 250 * MICRO;
  // Who wrote that recently may well write again.
  private static final long REMEMBERED_NANOS = 2_000 * MILLI;
  private static final int REST_PER_HOLD = 100;
  // However long the holds are: a run must go on.
  private static final long LONGEST_REST_NANOS = 250 * MILLI;
  // A write that was seen so soon is only just over.
  private static final long FRESH_NANOS = 600 * MICRO;
  private static final long LONGEST_LOOKOUT_NANOS = 20 * MILLI;
  // Who waits for a lock sleeps between two tries, longer the longer it has waited.
  private static final long LEAST_ECHO_NANOS = 2 * MILLI;
  private static final long LONGEST_ECHO_NANOS = 25 * MILLI;

  private long version = -1;
  private long lookedAt;
  private boolean seen;
  private long seenAt;
  // The write was at most that long before it was seen.
  private long slack;
  private long releasedAt;
  private long lastHold;
  private boolean waited;

  Courtesy(long now) {
    releasedAt = now;
  }

  /** The data version last seen; negative before the first look. */
  long dataVersion() {
    return version;
  }

  /**
   * To be called often while waiting for the lock.
   *
   * @param dataVersion changes with every commit by another connection
   * @param now {@link System#nanoTime}
   * @return whether somebody else has written since the last look
   */
  boolean look(long dataVersion, long now) {
    boolean written = version >= 0 && dataVersion != version;
    if (written) {
      seen = true;
      seenAt = now;
      slack = now - lookedAt;
      waited |= now - releasedAt <= echo() + LOOK_NANOS;
    }
    version = dataVersion;
    lookedAt = now;
    return written;
  }

  /** Takes note of a write through another connection of ours: it is nobody else's. */
  void ownWrite(long dataVersion, long now) {
    version = dataVersion;
    lookedAt = now;
  }

  /** Whether somebody else has written lately. */
  boolean othersWrite(long now) {
    return seen && now - seenAt < REMEMBERED_NANOS;
  }

  /**
   * Whether somebody seems to have waited during the last hold: their write came sooner after it
   * than the hold was long.
   */
  boolean waited() {
    return waited;
  }

  private long echo() {
    return Math.clamp(lastHold, LEAST_ECHO_NANOS, LONGEST_ECHO_NANOS);
  }

  /** How long to wait before looking again, in nanoseconds; 0 to take the lock now. */
  long pauseNanos(long now) {
    if (!othersWrite(now)) {
      return 0;
    }
    long rested = now - releasedAt;
    long rest = Math.min(LONGEST_REST_NANOS, REST_PER_HOLD * lastHold);
    if (rested < rest) {
      long echo = echo();
      return rested < echo ? Math.min(rest, echo) - rested : rest - rested;
    }
    boolean rightBehindAWrite = now - seenAt + slack <= FRESH_NANOS;
    return rightBehindAWrite || rested >= rest + LONGEST_LOOKOUT_NANOS ? 0 : LOOK_NANOS;
  }

  /** To be called after each release of the lock. */
  void released(long now, long holdNanos) {
    releasedAt = now;
    lastHold = holdNanos;
    waited = false;
  }
}
