package dev.memoryconsole.lock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * When others come for the lock, learned from the gaps between their holds, and so when they will
 * hardly come while we hold it. Who shares the lock on Node looks at once and then after 1, 3, 7 s
 * and so on: a single meeting costs it a second, so it is worth our while to choose the moment.
 *
 * <p>Of the gaps seen so far that are longer than the present one, a share ends while we would hold
 * the lock: that is the risk. It is the least right behind a hold of somebody who writes at regular
 * intervals, and somewhat later behind one who writes in bursts. Where it is the same at any time,
 * nothing is gained by choosing, and the lock is taken the more seldom the higher it is. Besides,
 * who met us a second ago is about to look again.
 *
 * <p>Thread-safe. Times are of {@link System#nanoTime}.
 */
final class OthersRhythm {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int KEPT_GAPS = 64;
  // Of fewer gaps nothing can be told.
  private static final int FEW = 4;
  private static final int KEPT_HOLDS = 64;
  private static final int HOLDS_EXPECTED_FROM = 8;
  private static final long FIRST_HOLD = 50 * MILLI;
  // From the moment that is chosen until the lock is had, and what is seen late.
  private static final long SLACK = 15 * MILLI;
  private static final long LATE = 5 * MILLI;
  // Whom nobody has seen for so long does not come again soon, or comes when nobody can tell.
  private static final long REMEMBERED = TimeUnit.MINUTES.toNanos(1);
  private static final long LOOK = 5 * MILLI;
  // A timer of Node's fires that much too late at most.
  private static final long TIMER = 40 * MILLI;
  private static final List<Long> RETRIES =
      List.of(
          TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(3), TimeUnit.SECONDS.toNanos(7));
  private static final double GOOD = 0.02;
  // Before a hold that somebody is certain to meet.
  private static final double REST_BEFORE_A_MEETING = TimeUnit.SECONDS.toNanos(10);
  // A better moment must be that much better, or it is one by chance.
  private static final double WORTH_WAITING = 1.5;

  private final LongSupplier nanoTime;
  private final ReentrantLock guard = new ReentrantLock();
  private final Condition changed = guard.newCondition();
  private final Deque<Long> gaps = new ArrayDeque<>();
  private final Deque<Hold> own = new ArrayDeque<>();
  private boolean othersHold;
  private boolean seen;
  private long releasedAt;
  private boolean closed;

  private record Hold(long from, long to) {
    long nanos() {
      return to - from;
    }
  }

  /** What the gaps that are longer than the present one say of a hold that begins now. */
  private record Odds(int longer, int ending) {
    /** Of few gaps little can be told, so neither a very small risk nor a very large one. */
    double risk() {
      return (ending + 1.0) / (longer + 2.0);
    }

    double share() {
      return longer == 0 ? 0 : (double) ending / longer;
    }
  }

  OthersRhythm(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Somebody else has taken the lock. */
  void othersTook() {
    guard.lock();
    try {
      othersHold = true;
    } finally {
      guard.unlock();
    }
  }

  /** It was not somebody else after all. */
  void othersDidNot() {
    guard.lock();
    try {
      othersHold = false;
      changed.signalAll();
    } finally {
      guard.unlock();
    }
  }

  /** Somebody else has held the lock until now. */
  void othersHeld(long from, long to) {
    guard.lock();
    try {
      if (seen) {
        learn(firstLook(from) - releasedAt);
      }
      seen = true;
      releasedAt = to;
      othersHold = false;
      changed.signalAll();
    } finally {
      guard.unlock();
    }
  }

  /** Who found us holding the lock came some time before. */
  private long firstLook(long from) {
    for (long retry : RETRIES) {
      for (Hold hold : own) {
        long look = from - retry;
        if (look - hold.from >= 0 && look - hold.to <= TIMER) {
          return Math.min(look, hold.to);
        }
      }
    }
    return from;
  }

  private void learn(long gap) {
    if (gap > 0 && gap < REMEMBERED) {
      gaps.addLast(gap);
      if (gaps.size() > KEPT_GAPS) {
        gaps.removeFirst();
      }
    }
  }

  /** This process has held the lock until now. */
  void weHeld(long from, long to) {
    guard.lock();
    try {
      own.addLast(new Hold(from, to));
      if (own.size() > KEPT_HOLDS) {
        own.removeFirst();
      }
    } finally {
      guard.unlock();
    }
  }

  /**
   * Waits for a moment at which others will hardly come for the lock while we hold it.
   *
   * @param longestNanos when to go on in any case
   */
  void awaitMoment(long longestNanos) throws InterruptedException {
    long begun = nanoTime.getAsLong();
    guard.lockInterruptibly();
    try {
      while (!closed) {
        long now = nanoTime.getAsLong();
        long left = longestNanos - (now - begun);
        long pause = pauseNanos(now);
        if (left <= 0 || pause <= 0) {
          return;
        }
        // Woken when others release the lock; whatever wakes us, the moment is judged anew.
        long unused = changed.awaitNanos(Math.min(left, pause));
      }
    } finally {
      guard.unlock();
    }
  }

  /** How long to wait before judging the moment anew, in nanoseconds; 0 if it is a good one. */
  long pauseNanos(long now) {
    guard.lock();
    try {
      if (!isRemembered(now)) {
        return 0;
      }
      if (othersHold) {
        return LOOK;
      }
      long hold = expectedHold();
      long shadow = shadow(now, hold);
      if (shadow > 0) {
        return shadow;
      }
      long elapsed = now - releasedAt;
      if (gaps.size() < FEW || isLongestOver(elapsed)) {
        return 0;
      }
      Odds odds = odds(elapsed, hold);
      double bearable = WORTH_WAITING * leastRisk(elapsed, hold) + GOOD;
      return odds.risk() <= bearable && isRested(now, odds.share()) ? 0 : LOOK;
    } finally {
      guard.unlock();
    }
  }

  /** Who is likely to be met must not be met often. */
  private boolean isRested(long now, double share) {
    return own.isEmpty() || now - own.getLast().to >= share * REST_BEFORE_A_MEETING;
  }

  private boolean isRemembered(long now) {
    return seen && now - releasedAt < REMEMBERED;
  }

  /** The middle one of the latest: a single long one says little of the next. */
  private long expectedHold() {
    long[] latest =
        own.reversed().stream()
            .limit(HOLDS_EXPECTED_FROM)
            .mapToLong(Hold::nanos)
            .sorted()
            .toArray();
    return latest.length == 0 ? FIRST_HOLD : latest[latest.length / 2];
  }

  /** For how long who met an earlier hold of ours may be about to look again; 0 for not at all. */
  private long shadow(long now, long hold) {
    for (Hold earlier : own) {
      for (long retry : RETRIES) {
        long from = earlier.from + retry - LATE;
        long to = earlier.to + retry + TIMER;
        if (now + hold + SLACK - from > 0 && to - now > 0) {
          return to - now;
        }
      }
    }
    return 0;
  }

  /** How many gaps are longer than this one, and how many of them end during such a hold. */
  private Odds odds(long elapsed, long hold) {
    int longer = 0;
    int ending = 0;
    for (long gap : gaps) {
      if (gap > elapsed - LATE) {
        longer++;
        ending += gap < elapsed + hold + SLACK ? 1 : 0;
      }
    }
    return new Odds(longer, ending);
  }

  /** The risk at the best moment to come: in this gap, or right behind the hold that ends it. */
  private double leastRisk(long elapsed, long hold) {
    double least = odds(0, hold).risk();
    for (long gap : gaps) {
      if (gap + LATE > elapsed) {
        Odds later = odds(gap + LATE, hold);
        least = later.longer >= FEW ? Math.min(least, later.risk()) : least;
      }
    }
    return least;
  }

  private boolean isLongestOver(long elapsed) {
    return gaps.stream().allMatch(gap -> elapsed > 2 * gap);
  }

  /** Lets everybody go on who waits for a moment. */
  void close() {
    guard.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      guard.unlock();
    }
  }
}
