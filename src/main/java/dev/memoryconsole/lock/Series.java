package dev.memoryconsole.lock;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Waits and holds from the beginning on. Recording waits for nobody; readers take turns, and each
 * adds what came since the last one to the sum.
 *
 * <p>Safe for use by many threads.
 */
final class Series {
  private final Recorder waits = recorder();
  private final Recorder holds = recorder();
  // Guarded by this.
  private final Sum waitSum = new Sum();
  private final Sum holdSum = new Sum();

  private static Recorder recorder() {
    return new Recorder(LockDistribution.HIGHEST_NANOS, LockDistribution.DIGITS);
  }

  void record(LockEvent event) {
    waits.recordValue(LockDistribution.clamp(event.waitNanos()));
    if (event.outcome().wasHeld()) {
      holds.recordValue(LockDistribution.clamp(event.holdNanos()));
    }
  }

  synchronized LockSummary summary() {
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
