package dev.memoryconsole.upgrade.pace;

import dev.memoryconsole.store.OtherWriters;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
final class OthersRhythm implements StorePacing {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int KEPT = 64;
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
  // Of the time 5 %, of others' writes 1 %.
  private static final double REST_PER_HOLD = 19;
  private static final double HOLDS_PER_MEETING = 100;
  // However busy others are: a run must go on.
  private static final double LONGEST_REST = TimeUnit.SECONDS.toNanos(7);
  private static final long LONGEST_LOOKOUT = TimeUnit.SECONDS.toNanos(4);
  // A better moment must be that much better, or it is one by chance.
  private static final double WORTH_WAITING = 1.5;

  private final Deque<Long> gaps = new ArrayDeque<>();
  private final Deque<Long> periods = new ArrayDeque<>();
  private final Deque<Hold> own = new ArrayDeque<>();
  private boolean othersHold;
  private boolean seen;
  private long heldFrom;
  private long releasedAt;

  private record Hold(long from, long to) {
    long nanos() {
      return to - from;
    }
  }

  /** What the gaps that are longer than the present one say of a hold that begins now. */
  private record Odds(int longer, int ending) {
    /** The risk. Few gaps tell little, so it is neither very small nor very large then. */
    double risk() {
      return (ending + 1.0) / (longer + 2.0);
    }
  }

  @Override
  public synchronized void othersTook() {
    othersHold = true;
  }

  @Override
  public synchronized void othersDidNot() {
    othersHold = false;
  }

  @Override
  public synchronized void othersHeld(long from, long to) {
    if (seen) {
      long came = firstLook(from);
      learn(gaps, came - releasedAt);
      learn(periods, came - heldFrom);
    }
    seen = true;
    heldFrom = from;
    releasedAt = to;
    othersHold = false;
  }

  /** When somebody who has the lock now first looked: before, if they found us holding it. */
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

  private static void learn(Deque<Long> latest, long nanos) {
    if (nanos > 0 && nanos < REMEMBERED) {
      latest.addLast(nanos);
      if (latest.size() > KEPT) {
        latest.removeFirst();
      }
    }
  }

  @Override
  public synchronized void weHeld(long from, long to) {
    own.addLast(new Hold(from, to));
    if (own.size() > KEPT_HOLDS) {
      own.removeFirst();
    }
  }

  @Override
  public synchronized long pauseNanos(long now) {
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
    double bearable = WORTH_WAITING * leastRisk(elapsed, hold) + GOOD;
    return odds(elapsed, hold).risk() <= bearable ? 0 : LOOK;
  }

  @Override
  public long patienceNanos() {
    return LONGEST_LOOKOUT;
  }

  /**
   * A rest that keeps what others feel small in two ways. The lock is held 5 % of the time, or half
   * of the time while nobody is there, so that a newcomer finds it free. And 1 % of others' writes
   * meet a hold: if a share of our holds is met, one is made in a hundred times that share of the
   * time between two of their writes.
   */
  @Override
  public synchronized long restNanos(long holdNanos, OtherWriters others) {
    if (!others.active()) {
      return holdNanos;
    }
    double rest = REST_PER_HOLD * holdNanos;
    if (gaps.size() >= FEW) {
      rest = Math.max(rest, HOLDS_PER_MEETING * leastRisk(0, expectedHold()) * middle(periods));
    }
    return Math.round(Math.min(rest, LONGEST_REST));
  }

  @Override
  public boolean fitsBetweenWrites() {
    return false;
  }

  private static long middle(Collection<Long> values) {
    long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted[sorted.length / 2];
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

  /** How long somebody who met an earlier hold of ours may still look again; 0 for not at all. */
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
}
