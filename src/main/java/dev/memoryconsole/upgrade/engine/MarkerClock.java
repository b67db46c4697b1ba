package dev.memoryconsole.upgrade.engine;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The times of markers: the clock's, but each later than every one that the journal knows of in the
 * same store, also after the clock was set back. So a marker names one write of a row and no other,
 * and of two markers the later write has the greater. Thread-safe.
 */
final class MarkerClock {
  private final Clock clock;
  private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

  MarkerClock(Clock clock) {
    this.clock = clock;
  }

  /** From now on only times after this one, in milliseconds since 1970. */
  void after(long millis) {
    last.accumulateAndGet(millis, Math::max);
  }

  /** A time that no other write has. */
  long next() {
    return last.updateAndGet(before -> Math.max(before + 1, clock.millis()));
  }
}
