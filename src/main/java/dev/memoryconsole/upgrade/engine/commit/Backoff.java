package dev.memoryconsole.upgrade.engine.commit;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Longer and longer pauses between attempts, with no lock held. For one thread. */
final class Backoff {
  private static final long LEAST_NANOS = Duration.ofMillis(5).toNanos();
  private static final long MOST_NANOS = Duration.ofMillis(500).toNanos();

  private long next;

  /** The next attempt is to wait. */
  void failed() {
    next = Math.clamp(2 * next, LEAST_NANOS, MOST_NANOS);
  }

  /** The next attempt need not wait. */
  void succeeded() {
    next = 0;
  }

  /** Waits before an attempt that follows a failed one. */
  void await() throws InterruptedException {
    if (next > 0) {
      // Somebody who fails for the same reason is to come at another time.
      TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(next / 2, next));
    }
  }
}
