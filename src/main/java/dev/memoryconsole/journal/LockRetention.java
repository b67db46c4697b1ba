package dev.memoryconsole.journal;

import java.time.Duration;

/**
 * How much of a lock's history is kept for each store.
 *
 * @param events the latest acquisitions one by one
 * @param minutes figures by minute for so long, then by hour
 * @param hours figures by hour for so long, then by day, all runs together
 * @param days figures by day for so long, then nothing
 */
record LockRetention(int events, Duration minutes, Duration hours, Duration days) {
  /** About 15 MB of acquisitions, and a few MB of figures. */
  static final LockRetention DEFAULT =
      new LockRetention(100_000, Duration.ofDays(1), Duration.ofDays(31), Duration.ofDays(731));
}
