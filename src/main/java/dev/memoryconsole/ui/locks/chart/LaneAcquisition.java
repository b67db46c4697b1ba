package dev.memoryconsole.ui.locks.chart;

import dev.memoryconsole.lock.LockAcquisition;

/**
 * One acquisition as the timeline shows it. Times are microseconds since 1970 in UTC, which a
 * {@code double} holds exactly until the year 2255.
 *
 * @param lane whose line it is on
 * @param event the acquisition as it was recorded
 */
public record LaneAcquisition(Lane lane, LockAcquisition event) {
  /** On the line of its holder. */
  public static LaneAcquisition of(LockAcquisition event) {
    return new LaneAcquisition(Lane.of(event.holder()), event);
  }

  /** When it began to wait. */
  long asked() {
    return event.askedAtMicros();
  }

  /** When it was acquired; when it gave up, if it never was. */
  public long acquired() {
    return event.acquiredAtMicros();
  }

  /** When it let go. */
  public long released() {
    return event.endedAtMicros();
  }

  /** Microseconds. */
  long waited() {
    return acquired() - asked();
  }

  /** Whether it ended otherwise than by letting go with its work done. */
  boolean isTrouble() {
    return switch (event.outcome()) {
      case RELEASED, COMMIT_SEEN -> false;
      case ROLLED_BACK, TIMED_OUT, TAKEN_OVER, COMPROMISED, BROKEN -> true;
    };
  }

  /** Whether only that it happened is known, not how long it took. */
  public boolean isInstant() {
    return event.outcome() == LockAcquisition.Outcome.COMMIT_SEEN;
  }
}
