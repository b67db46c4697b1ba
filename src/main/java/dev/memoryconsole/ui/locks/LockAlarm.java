package dev.memoryconsole.ui.locks;

import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.record.LockLive;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A lock that has been held for so long, or whose holder has been silent for so long, that
 * something may be wrong.
 *
 * @param who who holds it, as far as it is known
 * @param held for how long
 * @param condition its holder's signs of life; null for a lock without any, as SQLite's
 */
record LockAlarm(LockHolder who, Duration held, @Nullable LockCondition condition) {
  /** No write of a healthy program takes that long. */
  static final Duration SUSPICIOUS = Duration.ofSeconds(5);

  /**
   * The share of the time after which a holder counts as abandoned; a healthy one gives a sign at
   * half of that time.
   */
  private static final double SILENT_SHARE = 0.7;

  /** Null if all is well. */
  static @Nullable LockAlarm of(LockLive live, @Nullable LockCondition condition) {
    LockLive.@Nullable Present holder = live.holder().orElse(null);
    LockHolder who = holder == null ? LockHolder.Foreign.UNKNOWN : holder.who();
    Duration seen = holder == null ? Duration.ZERO : Duration.ofNanos(holder.forNanos());
    if (condition == null) {
      return seen.compareTo(SUSPICIOUS) < 0 ? null : new LockAlarm(who, seen, null);
    }
    Duration held = longest(seen, longest(condition.heldFor(), condition.silence()));
    boolean silent = condition.silence().toMillis() > condition.stale().toMillis() * SILENT_SHARE;
    return silent || held.compareTo(SUSPICIOUS) >= 0 ? new LockAlarm(who, held, condition) : null;
  }

  /** Whether its holder counts as dead. */
  boolean isAbandoned() {
    return condition != null && condition.isAbandoned();
  }

  private static Duration longest(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
