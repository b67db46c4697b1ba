package dev.memoryconsole.lock.lockfile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * When this process itself had the lock lately, so that a watcher of its directory knows whose it
 * saw. Holds come one after the other, and so do sightings: each hold of ours answers for the next
 * sighting that can be it, however late that is told. Thread-safe. Times are of {@link
 * System#nanoTime}.
 */
final class OwnHolds {
  private static final int KEPT = 64;
  // Not all clocks of all processors agree to the last digit.
  private static final long EARLIER_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Deque<Hold> unseen = new ArrayDeque<>();
  private boolean holding;
  private boolean sighted;
  private long since;

  private record Hold(long from, long to) {}

  synchronized void began(long at) {
    holding = true;
    sighted = false;
    since = at;
  }

  synchronized void ended(long at) {
    if (holding) {
      holding = false;
      if (!sighted) {
        unseen.addLast(new Hold(since, at));
      }
      if (unseen.size() > KEPT) {
        unseen.removeFirst();
      }
    }
  }

  /** Takes note that the lock was not had after all. */
  synchronized void missed() {
    holding = false;
  }

  synchronized boolean isHolding() {
    return holding;
  }

  /**
   * Whether a directory that was seen to come then, and to go since, was this process's. Each hold
   * is told once.
   *
   * @param lateNanos how late it can have been seen
   */
  synchronized boolean claims(long seenFrom, long lateNanos) {
    while (!unseen.isEmpty() && seenFrom - unseen.getFirst().to > lateNanos) {
      unseen.removeFirst();
    }
    if (!unseen.isEmpty() && seenFrom - unseen.getFirst().from >= -EARLIER_NANOS) {
      unseen.removeFirst();
      return true;
    }
    if (holding && !sighted && seenFrom - since >= -EARLIER_NANOS) {
      sighted = true;
      return true;
    }
    return false;
  }
}
