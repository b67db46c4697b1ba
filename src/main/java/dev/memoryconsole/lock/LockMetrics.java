package dev.memoryconsole.lock;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Times every acquisition of one store's lock, in total and by run. Safe for use by many threads;
 * recording takes no lock.
 */
public final class LockMetrics {
  private static final long HIGHEST_NANOS = 3_600_000_000_000L;
  private static final int DIGITS = 3;
  private static final double NANOS_PER_MILLI = 1_000_000.0;

  private final Series total = new Series();
  private final ConcurrentMap<Long, Series> byRun = new ConcurrentHashMap<>();

  /** Adds an acquisition that has ended. One that timed out counts as a wait only. */
  public void record(LockEvent event) {
    total.record(event);
    if (event.purpose().run() != 0) {
      byRun.computeIfAbsent(event.purpose().run(), run -> new Series()).record(event);
    }
  }

  /** Everything since the store was opened. */
  public LockSummary summary() {
    return total.summary();
  }

  /** The acquisitions of one run. */
  public LockSummary summaryOf(long run) {
    Series series = byRun.get(run);
    return series == null ? LockSummary.NONE : series.summary();
  }

  /** Drops the figures of a run that has ended and is kept elsewhere. */
  public void forget(long run) {
    byRun.remove(run);
  }

  private static final class Series {
    private final Histogram waits = new ConcurrentHistogram(HIGHEST_NANOS, DIGITS);
    private final Histogram holds = new ConcurrentHistogram(HIGHEST_NANOS, DIGITS);

    void record(LockEvent event) {
      waits.recordValue(clamp(event.waitNanos()));
      if (event.outcome() != LockEvent.Outcome.TIMED_OUT) {
        holds.recordValue(clamp(event.holdNanos()));
      }
    }

    LockSummary summary() {
      return new LockSummary(holds.getTotalCount(), quantiles(waits), quantiles(holds));
    }

    private static long clamp(long nanos) {
      return Math.clamp(nanos, 0, HIGHEST_NANOS);
    }

    private static LockSummary.Quantiles quantiles(Histogram histogram) {
      Histogram copy = histogram.copy();
      return new LockSummary.Quantiles(
          copy.getValueAtPercentile(50) / NANOS_PER_MILLI,
          copy.getValueAtPercentile(99) / NANOS_PER_MILLI,
          copy.getMaxValue() / NANOS_PER_MILLI);
    }
  }
}
