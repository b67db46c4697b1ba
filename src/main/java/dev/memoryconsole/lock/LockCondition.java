package dev.memoryconsole.lock;

import java.time.Duration;

/**
 * How the holder of a lock file is doing.
 *
 * @param heldFor since the lock was taken
 * @param silence since its holder's last sign of life; while that is dated in the future, since it
 *     was first seen so
 * @param stale without a sign of life for so long it counts as abandoned
 * @param ahead how far its last sign of life is dated in the future, so that it says nothing of its
 *     holder; zero if it is not
 */
public record LockCondition(Duration heldFor, Duration silence, Duration stale, Duration ahead) {
  /** Whether it counts as abandoned: whoever wants it next takes it over. */
  public boolean isAbandoned() {
    return silence.compareTo(stale) > 0;
  }

  /** Whether its last sign of life is dated in the future. */
  public boolean isAhead() {
    return ahead.isPositive();
  }
}
