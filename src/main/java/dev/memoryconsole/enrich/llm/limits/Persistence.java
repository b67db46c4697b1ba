package dev.memoryconsole.enrich.llm.limits;

import java.time.Duration;

/**
 * How persistently an endpoint is asked.
 *
 * @param attempts for one question, the first included, 1 or more
 * @param firstWait before the second attempt; each later wait is twice as long, all with jitter
 * @param longestWait between two attempts
 * @param longestRetryAfter an endpoint that asks for more than this makes the run pause instead
 * @param failuresInARow entries that fail one after the other before the endpoint counts as down
 * @param firstPause until an endpoint that is down is probed; each later pause is twice as long
 * @param longestPause until the next probe
 * @param mostProbes that may fail, with no good answer in between, until only the admin can help
 */
public record Persistence(
    int attempts,
    Duration firstWait,
    Duration longestWait,
    Duration longestRetryAfter,
    int failuresInARow,
    Duration firstPause,
    Duration longestPause,
    int mostProbes) {
  // With these pauses an endpoint may be away for an hour.
  public static final Persistence DEFAULT =
      new Persistence(
          4,
          Duration.ofSeconds(1),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          5,
          Duration.ofSeconds(15),
          Duration.ofMinutes(5),
          15);
}
