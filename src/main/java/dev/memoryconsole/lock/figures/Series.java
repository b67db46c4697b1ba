package dev.memoryconsole.lock.figures;

import dev.memoryconsole.lock.LockAcquisition;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Waits and holds from the beginning on. Recording waits for nobody; readers take turns, and each
 * adds what came since the last one to the sum.
 *
 * <p>Safe for use by many threads.
 */
public final class Series {
  private final Recorder waits = recorder();
  private final Recorder holds = recorder();
  // Guarded by this.
  private final Sum waitSum = new Sum();
  private final Sum holdSum = new Sum();

  private static Recorder recorder() {
    return new Recorder(LockDistribution.HIGHEST_NANOS, LockDistribution.DIGITS);
  }

  /** Adds one acquisition; what was never held counts as a wait only. */
  public void record(LockAcquisition event) {
    waits.recordValue(LockDistribution.clamp(event.waitNanos()));
    if (event.outcome().wasHeld()) {
      holds.recordValue(LockDistribution.clamp(event.holdNanos()));
    }
  }

  /** All that was recorded so far. */
  public synchronized LockSummary summary() {
    LockDistribution holding = holdSum.with(holds);
    return new LockSummary(holding.count(), waitSum.with(waits).quantiles(), holding.quantiles());
  }

  private static final class Sum {
    private final Histogram total = new Histogram(LockDistribution.DIGITS);
    private @Nullable Histogram recycled;

    LockDistribution with(Recorder recorder) {
      Histogram interval = recorder.getIntervalHistogram(recycled);
      recycled = interval;
      total.add(interval);
      return new LockDistribution(total);
    }
  }
}
