package dev.memoryconsole.lock;

import dev.memoryconsole.message.Message;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the holder of a lock is doing.
 *
 * @param heldFor since the lock was taken, or since it was first seen taken
 * @param silence since its holder's last sign of life; while that is dated in the future or not
 *     dated, since it was first seen so
 * @param stale without a sign of life for so long it counts as abandoned
 * @param ahead how far its last sign of life is dated in the future, so that it says nothing of its
 *     holder; zero if it is not
 * @param holder who holds it; empty if the lock does not say
 * @param lease when it ends by itself unless its holder renews it; null for a lock that does not,
 *     as a lock file
 */
public record LockCondition(
    Duration heldFor,
    Duration silence,
    Duration stale,
    Duration ahead,
    Message holder,
    @Nullable Duration lease) {
  /** Describes the holder of a lock file, which has neither a name nor a lease. */
  public LockCondition(Duration heldFor, Duration silence, Duration stale, Duration ahead) {
    this(heldFor, silence, stale, ahead, Message.NONE, null);
  }

  /** Whether it counts as abandoned: it can be broken. */
  public boolean isAbandoned() {
    return silence.compareTo(stale) > 0;
  }

  /** Whether its last sign of life is dated in the future. */
  public boolean isAhead() {
    return ahead.isPositive();
  }
}
