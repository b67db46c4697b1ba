package dev.memoryconsole.lock;

import java.time.Duration;

/**
 * How the holder of a lock file is doing.
 *
 * @param heldFor since the lock was taken
 * @param silence since its holder's last sign of life
 * @param stale without a sign of life for so long it counts as abandoned
 */
public record LockCondition(Duration heldFor, Duration silence, Duration stale) {
  /** Whether it counts as abandoned: whoever wants it next takes it over. */
  public boolean isAbandoned() {
    return silence.compareTo(stale) > 0;
  }
}
