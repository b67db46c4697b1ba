package dev.memoryconsole.ui.locks;

import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockLive;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A lock that has been held for so long that something may be wrong.
 *
 * @param who who holds it, as far as it is known
 * @param heldSeconds for how long
 */
record StuckLock(LockHolder who, long heldSeconds) {
  /** No write of a healthy program takes that long. */
  static final long SUSPICIOUS_SECONDS = 5;

  /** Null if nobody holds it for too long. */
  static @Nullable StuckLock of(LockLive live) {
    LockLive.@Nullable Present holder = live.holder().orElse(null);
    if (holder == null) {
      return null;
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(holder.forNanos());
    return seconds < SUSPICIOUS_SECONDS ? null : new StuckLock(holder.who(), seconds);
  }
}
