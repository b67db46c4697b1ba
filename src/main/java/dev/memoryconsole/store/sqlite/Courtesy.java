package dev.memoryconsole.store.sqlite;

/**
 * When to take the lock so that other programs hardly ever meet us. They wait without a queue, a
 * millisecond or more each time they find the lock held: what matters to them is how often.
 *
 * <p>While nobody else writes there is no need to wait. While somebody does, each hold has a price:
 * the chance that their next write falls into it, judged by the last writes and the last holds. It
 * is low right behind a write of somebody who writes at intervals, and otherwise the share of time
 * the lock is held. Each write of theirs earns a small budget to pay with, so that of their writes
 * only a few in a thousand meet us. The store itself tells that others wrote ({@code PRAGMA
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
  // The moment of a write is known when it was looked for at least that often.
  private static final long SHARP_NANOS = MILLI;
  // However dear: a run must go on.
  private static final long LONGEST_PAUSE_NANOS = 1_000 * MILLI;
  private static final double BUDGET_PER_WRITE = 0.003;
  private static final double MOST_BUDGET = 1;
  private static final int FEWEST_GAPS = 16;
  // Only the end of a write is seen, and it began some time before.
  private static final double USABLE_GAP = 0.8;
  // Experience is short: what never happened yet may happen.
  private static final double SURPRISE = 0.25;

  private final Samples gaps = new Samples(64);
  private final Samples holds = new Samples(16);
  private long version = -1;
  private long lookedAt;
  private boolean seen;
  private long seenAt;
  // The write was at most that long before it was seen.
  private long slack = Long.MAX_VALUE;
  private long releasedAt;
  private double budget;

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
   */
  void look(long dataVersion, long now) {
    if (version >= 0 && dataVersion != version) {
      long unseen = now - lookedAt;
      if (Math.max(slack, unseen) <= SHARP_NANOS) {
        gaps.add(now - seenAt);
      }
      double writes = unseen <= SHARP_NANOS ? 1 : Math.max(1, unseen / meanGap());
      budget = Math.min(MOST_BUDGET, budget + writes * BUDGET_PER_WRITE);
      slack = unseen;
      seen = true;
      seenAt = now;
    }
    version = dataVersion;
    lookedAt = now;
  }

  /** Whether somebody else has written lately. */
  boolean othersWrite(long now) {
    return seen && now - seenAt < REMEMBERED_NANOS;
  }

  /** How long to wait before looking again, in nanoseconds; 0 to take the lock now. */
  long pauseNanos(long now) {
    if (!othersWrite(now) || now - releasedAt >= LONGEST_PAUSE_NANOS) {
      return 0;
    }
    double price = price(now);
    if (price > budget) {
      return LOOK_NANOS;
    }
    budget -= price;
    return 0;
  }

  /** The chance that somebody's next write falls into a hold from now on. */
  private double price(long now) {
    if (gaps.size() < FEWEST_GAPS || holds.size() == 0) {
      return 1;
    }
    long age = now - seenAt;
    int possible = 0;
    double met = 0;
    for (int i = 0; i < gaps.size(); i++) {
      long gap = gaps.get(i);
      if (gap >= age) {
        possible++;
        met += holds.shareAbove((long) (gap * USABLE_GAP) - slack - age);
      }
    }
    return possible == 0 ? 1 : (met + SURPRISE) / (possible + SURPRISE);
  }

  private double meanGap() {
    return gaps.size() == 0 ? LONGEST_PAUSE_NANOS : Math.max(1, gaps.mean());
  }

  /** To be called after each release of the lock. */
  void released(long now, long holdNanos) {
    releasedAt = now;
    holds.add(holdNanos);
  }

  /** The last few of a kind. */
  private static final class Samples {
    private final long[] values;
    private int added;

    Samples(int kept) {
      values = new long[kept];
    }

    void add(long value) {
      values[added % values.length] = value;
      added++;
    }

    int size() {
      return Math.min(added, values.length);
    }

    long get(int index) {
      return values[index];
    }

    double mean() {
      double sum = 0;
      for (int i = 0; i < size(); i++) {
        sum += values[i];
      }
      return sum / size();
    }

    double shareAbove(long limit) {
      int above = 0;
      for (int i = 0; i < size(); i++) {
        if (values[i] > limit) {
          above++;
        }
      }
      return (double) above / size();
    }
  }
}
