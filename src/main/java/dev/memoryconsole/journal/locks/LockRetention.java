package dev.memoryconsole.journal.locks;

import java.time.Duration;

/**
 * How much of a lock's history is kept for each store.
 *
 * @param events the latest acquisitions one by one
 * @param waits the latest waits that were seen of anybody for anybody
 * @param minutes figures by minute for so long, then by hour
 * @param hours figures by hour for so long, then by day, all runs together
 * @param days figures by day for so long, then nothing
 */
record LockRetention(int events, int waits, Duration minutes, Duration hours, Duration days) {
  /** The spans of time that figures are kept for, in milliseconds. */
  static final long MINUTE = Duration.ofMinutes(1).toMillis();

  static final long HOUR = Duration.ofHours(1).toMillis();
  static final long DAY = Duration.ofDays(1).toMillis();

  /** About 15 MB of acquisitions, 5 MB of waits, and a few MB of figures. */
  static final LockRetention DEFAULT =
      new LockRetention(
          100_000, 10_000, Duration.ofDays(1), Duration.ofDays(31), Duration.ofDays(731));
}
