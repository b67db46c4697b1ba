package dev.memoryconsole.upgrade.engine.run;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The times of markers: the clock's, but each later than every one that the journal knows of in the
 * same store, also after the clock was set back. So a marker names one write of a row and no other,
 * and of two markers the later write has the greater. Thread-safe.
 */
public final class MarkerClock {
  private final InstantSource clock;
  private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

  /** Takes its times from this clock. */
  public MarkerClock(InstantSource clock) {
    this.clock = clock;
  }

  /** Gives only times after this one from now on, in milliseconds since 1970. */
  public void after(long millis) {
    last.accumulateAndGet(millis, Math::max);
  }

  /** Gives a time that no other write has. */
  public long next() {
    return last.updateAndGet(before -> Math.max(before + 1, clock.millis()));
  }
}
