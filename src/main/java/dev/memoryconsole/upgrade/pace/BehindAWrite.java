package dev.memoryconsole.upgrade.pace;

import dev.memoryconsole.store.OtherWriters;

/**
 * When to take the lock so that other programs hardly ever meet us. They wait without a queue, a
 * millisecond or more each time they find the lock held: what matters to them is how often.
 *
 * <p>While nobody else writes there is no need to wait. While somebody does, the lock is left alone
 * for a hundred times as long as it was held, and then taken right behind a write of theirs, when
 * their next one is farthest. A hundred times: of their writes, 1 % is met at most.
 */
final class BehindAWrite implements StorePacing {
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
  // Who waits for a lock sleeps between two tries: a write that comes so soon may be theirs.
  private static final long LEAST_ECHO_NANOS = 2 * MILLI;
  private static final long LONGEST_ECHO_NANOS = 25 * MILLI;

  private boolean seen;
  private long seenAt;
  // The write was at most that long before it was seen.
  private long slack;
  private long releasedAt;
  private long lastHold;

  BehindAWrite(long now) {
    releasedAt = now;
  }

  @Override
  public synchronized void othersHeld(long from, long to) {
    seen = true;
    seenAt = to;
    slack = to - from;
  }

  @Override
  public synchronized void weHeld(long from, long to) {
    releasedAt = to;
    lastHold = to - from;
  }

  @Override
  public synchronized long pauseNanos(long now) {
    if (!seen || now - seenAt >= REMEMBERED_NANOS) {
      return 0;
    }
    long rested = now - releasedAt;
    long rest = Math.min(LONGEST_REST_NANOS, REST_PER_HOLD * lastHold);
    if (rested < rest) {
      // Who waited for us is seen by a write that comes soon.
      long echo = Math.clamp(lastHold, LEAST_ECHO_NANOS, LONGEST_ECHO_NANOS);
      return rested < echo ? Math.min(rest, echo) - rested : rest - rested;
    }
    boolean rightBehindAWrite = now - seenAt + slack <= FRESH_NANOS;
    return rightBehindAWrite || rested >= rest + LONGEST_LOOKOUT_NANOS ? 0 : LOOK_NANOS;
  }

  /** The longest rest and lookout end by themselves. */
  @Override
  public long patienceNanos() {
    return Long.MAX_VALUE;
  }

  /** None: whoever takes the lock rests at the lock, the keeper of the index too. */
  @Override
  public long restNanos(long holdNanos, OtherWriters others) {
    return 0;
  }

  @Override
  public boolean fitsBetweenWrites() {
    return true;
  }
}
