package dev.memoryconsole.lock.lockfile;

import java.time.Duration;

/**
 * The times that all programs sharing a lock must agree on.
 *
 * @param stale a lock without a sign of life for so long is abandoned; at least 2 s
 * @param refresh how often its holder gives one; at most half of {@code stale}
 */
public record LockfileTiming(Duration stale, Duration refresh) {
  /** What proper-lockfile and with it the plugin use: 10 s and 5 s. */
  public static final LockfileTiming DEFAULT =
      new LockfileTiming(Duration.ofSeconds(10), Duration.ofSeconds(5));

  /** Checks the ranges. */
  public LockfileTiming {
    if (stale.compareTo(Duration.ofSeconds(2)) < 0
        || refresh.isNegative()
        || refresh.isZero()
        || refresh.multipliedBy(2).compareTo(stale) > 0) {
      throw new IllegalArgumentException(
          "A lock needs at least two refreshes before it is stale, and 2 s.");
    }
  }

  /**
   * How long a holder may rely on its last sign of life: three quarters of the time after which
   * others take the lock over, so that what it begins then has an end before they do.
   */
  Duration trusted() {
    return stale.multipliedBy(3).dividedBy(4);
  }
}
