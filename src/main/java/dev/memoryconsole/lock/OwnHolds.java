package dev.memoryconsole.lock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * When this process itself had the lock lately, so that a watcher of its directory knows whose it
 * saw. Thread-safe. Times are of {@link System#nanoTime}.
 */
final class OwnHolds {
  private static final int KEPT = 64;
  // A directory is seen to come and go a little later than it does.
  private static final long EARLIER_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LATER_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

  private final Deque<Hold> ended = new ArrayDeque<>();
  private boolean holding;
  private long since;

  private record Hold(long from, long to) {}

  synchronized void began(long at) {
    holding = true;
    since = at;
  }

  synchronized void ended(long at) {
    if (holding) {
      holding = false;
      ended.addLast(new Hold(since, at));
      if (ended.size() > KEPT) {
        ended.removeFirst();
      }
    }
  }

  /** It was not had after all. */
  synchronized void missed() {
    holding = false;
  }

  synchronized boolean isHolding() {
    return holding;
  }

  /** Whether this process had it at that time. */
  synchronized boolean covers(long at) {
    if (holding && at - since >= -EARLIER_NANOS) {
      return true;
    }
    return ended.stream()
        .anyMatch(hold -> at - hold.from >= -EARLIER_NANOS && at - hold.to <= LATER_NANOS);
  }
}
