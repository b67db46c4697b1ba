package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.lock.LockPacing;
import java.util.function.Supplier;

/**
 * When others were seen to write to the store, which tells by itself that somebody did ({@code
 * PRAGMA data_version}), and when this process held the lock.
 *
 * <p>Not safe for use by many threads, but for the pacing: the head of the queue for the lock uses
 * it.
 */
final class ForeignWrites {
  private static final long MILLI = 1_000_000;
  // Who wrote that recently may well write again.
  private static final long REMEMBERED_NANOS = 2_000 * MILLI;
  // Who waits for a lock sleeps between two tries, longer the longer it has waited.
  private static final long LEAST_ECHO_NANOS = 2 * MILLI;
  private static final long LONGEST_ECHO_NANOS = 25 * MILLI;

  private final Supplier<LockPacing> pacing;
  private long version = -1;
  private long lookedAt;
  private boolean seen;
  private long seenAt;
  private long releasedAt;
  private long lastHold;
  private boolean waited;

  ForeignWrites(long now, Supplier<LockPacing> pacing) {
    this.pacing = pacing;
    releasedAt = now;
  }

  /** The data version last seen; negative before the first look. */
  long dataVersion() {
    return version;
  }

  /**
   * To be called often while waiting for the lock.
   *
   * @param dataVersion changes with every commit by another connection
   * @param now {@link System#nanoTime}
   * @return whether somebody else has written since the last look
   */
  boolean look(long dataVersion, long now) {
    boolean written = version >= 0 && dataVersion != version;
    if (written) {
      seen = true;
      seenAt = now;
      waited |= now - releasedAt <= Math.clamp(lastHold, LEAST_ECHO_NANOS, LONGEST_ECHO_NANOS);
      pacing.get().othersHeld(lookedAt, now);
    }
    version = dataVersion;
    lookedAt = now;
    return written;
  }

  /** Takes note of a write through another connection of ours: it is nobody else's. */
  void ownWrite(long dataVersion, long now) {
    version = dataVersion;
    lookedAt = now;
  }

  /** Whether somebody else has written lately. */
  boolean othersWrite(long now) {
    return seen && now - seenAt < REMEMBERED_NANOS;
  }

  /**
   * Whether somebody seems to have waited during the last hold: their write came sooner after it
   * than the hold was long.
   */
  boolean waited() {
    return waited;
  }

  /** How long to wait before looking again, in nanoseconds; 0 to take the lock now. */
  long pauseNanos(long now) {
    return pacing.get().pauseNanos(now);
  }

  /** To be called after each release of the lock. */
  void released(long now, long holdNanos) {
    releasedAt = now;
    lastHold = holdNanos;
    waited = false;
    pacing.get().weHeld(now - holdNanos, now);
  }
}
