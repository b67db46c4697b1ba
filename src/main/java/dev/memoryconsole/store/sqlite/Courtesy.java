package dev.memoryconsole.store.sqlite;

import java.util.Arrays;

/**
 * When to take the lock so that other programs never notice. They wait without a queue, at least a
 * millisecond each time they find the lock held: what matters to them is how often that is.
 *
 * <p>While nobody else writes there is no need to wait. While somebody does, there are two good
 * moments: right behind a write of theirs, if experience says that the next one is far enough away;
 * and when the lock has been free for so much longer than it was held that hardly anybody can meet
 * us. The store itself tells that others wrote ({@code PRAGMA data_version}).
 *
 * <p>Not safe for use by many threads: the head of the queue for the lock uses it.
 */
final class Courtesy {
  /** How often to look while waiting for a good moment, in nanoseconds. */
  static final long LOOK_NANOS = 250_000;

  private static final long MILLI = 1_000_000;
  // Who wrote that recently may well write again.
  private static final long REMEMBERED_NANOS = 2_000 * MILLI;
  // The time of a write is known when it was looked for at least that often.
  private static final long SHARP_NANOS = MILLI;
  // Held 1 part in 200 of the time, the lock is in the way of fewer than 1 write in 100.
  private static final int FREE_PER_HELD = 200;
  private static final long LONGEST_PAUSE_NANOS = 1_000 * MILLI;
  private static final int SAMPLES = 64;
  private static final int FEWEST_GAPS = 16;
  private static final double USABLE_GAP = 0.75;

  private final Samples gaps = new Samples();
  private final Samples holds = new Samples();
  private long version = -1;
  private long lookedAt;
  private boolean othersSeen;
  private long othersSeenAt;
  private boolean sharp;
  private long released = System.nanoTime();

  /** The data version last seen; negative before the first look. */
  long dataVersion() {
    return version;
  }

  /**
   * To be called often while waiting for the lock.
   *
   * @param dataVersion rises with every commit by another connection
   * @param now {@link System#nanoTime}
   */
  void look(long dataVersion, long now) {
    if (version >= 0 && dataVersion != version) {
      boolean sharpNow = now - lookedAt <= SHARP_NANOS;
      if (sharp && sharpNow) {
        gaps.add(now - othersSeenAt);
      }
      sharp = sharpNow;
      othersSeen = true;
      othersSeenAt = now;
    }
    version = dataVersion;
    lookedAt = now;
  }

  /** Whether somebody else has written lately. */
  boolean othersWrite(long now) {
    return othersSeen && now - othersSeenAt < REMEMBERED_NANOS;
  }

  /** How long to wait before asking again, in nanoseconds; 0 to take the lock now. */
  long pauseNanos(long now) {
    if (!othersWrite(now) || isBehindAWrite(now) || isRare(now)) {
      return 0;
    }
    return LOOK_NANOS;
  }

  private boolean isBehindAWrite(long now) {
    return sharp
        && gaps.size() >= FEWEST_GAPS
        && now - othersSeenAt + holds.at(0.9) <= gaps.at(0) * USABLE_GAP;
  }

  private boolean isRare(long now) {
    return now - released >= Math.min(holds.at(0.9) * FREE_PER_HELD, LONGEST_PAUSE_NANOS);
  }

  /** To be called after each release of the lock. */
  void released(long now, long holdNanos) {
    released = now;
    holds.add(holdNanos);
  }

  /** The last few of a kind. */
  private static final class Samples {
    private final long[] values = new long[SAMPLES];
    private int added;

    void add(long value) {
      values[added++ % SAMPLES] = value;
    }

    int size() {
      return Math.min(added, SAMPLES);
    }

    /** A quantile, 0 for the smallest; 0 if there are none. */
    long at(double quantile) {
      if (added == 0) {
        return 0;
      }
      long[] sorted = Arrays.copyOf(values, size());
      Arrays.sort(sorted);
      return sorted[(int) (quantile * (sorted.length - 1))];
    }
  }
}
