package dev.memoryconsole.lock.figures;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How long waits or holds were. Immutable, so safe for use by many threads. Percentiles are exact
 * to 0.1 %, from a nanosecond to an hour.
 */
public final class LockDistribution {
  static final long HIGHEST_NANOS = 3_600_000_000_000L;
  static final int DIGITS = 3;

  /** What nothing adds up to. */
  public static final LockDistribution NONE = new LockDistribution(new Histogram(DIGITS));

  private static final long NANOS_PER_MICRO = 1_000;
  private static final double NANOS_PER_MILLI = 1_000_000.0;

  private final Histogram histogram;

  /**
   * How many there were from {@code fromNanos} (inclusive) to {@code toNanos} (exclusive).
   *
   * @param fromNanos nanoseconds
   * @param toNanos nanoseconds
   */
  public record Bucket(long fromNanos, long toNanos, long count) {}

  // The histogram is this object's own from now on.
  LockDistribution(Histogram histogram) {
    this.histogram = histogram;
  }

  static long clamp(long nanos) {
    return Math.clamp(nanos, 0, HIGHEST_NANOS);
  }

  /** How many. */
  public long count() {
    return histogram.getTotalCount();
  }

  /** In milliseconds; 0 of nothing. */
  public double maxMillis() {
    return histogram.getMaxValue() / NANOS_PER_MILLI;
  }

  /**
   * In milliseconds; 0 of nothing.
   *
   * @param percentile 0 to 100
   */
  public double millisAt(double percentile) {
    return count() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
  }

  /** The three figures shown most. */
  public LockSummary.Quantiles quantiles() {
    return new LockSummary.Quantiles(millisAt(50), millisAt(99), maxMillis());
  }

  /**
   * Counts on a log scale, without gaps from the lowest to the highest that is not empty; empty of
   * nothing. What is below a microsecond is in the bucket that begins at 0.
   *
   * @param perDecade buckets from one power of ten to the next, at least 1
   */
  public List<Bucket> buckets(int perDecade) {
    List<Bucket> buckets = new ArrayList<>();
    long from = 0;
    long to = NANOS_PER_MICRO;
    long count = 0;
    // Each of the histogram's own cells is counted once, by its middle.
    for (HistogramIterationValue cell : histogram.recordedValues()) {
      long value = histogram.medianEquivalentValue(cell.getValueIteratedTo());
      for (int step = buckets.size() + 1; value >= to; step++) {
        buckets.add(new Bucket(from, to, count));
        from = to;
        to = Math.round(NANOS_PER_MICRO * Math.pow(10, (double) step / perDecade));
        count = 0;
      }
      count += cell.getCountAddedInThisIterationStep();
    }
    if (count > 0) {
      buckets.add(new Bucket(from, to, count));
    }
    return buckets.stream().dropWhile(bucket -> bucket.count() == 0).toList();
  }

  /** Both together. */
  public LockDistribution plus(LockDistribution other) {
    if (other.count() == 0) {
      return this;
    }
    if (count() == 0) {
      return other;
    }
    Histogram sum = histogram.copy();
    sum.add(other.histogram);
    return new LockDistribution(sum);
  }

  /** Compressed, in HdrHistogram's own form. */
  public byte[] encoded() {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Arrays.copyOf(buffer.array(), length);
  }

  /**
   * Reads {@link #encoded}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static LockDistribution decoded(byte[] encoded) {
    try {
      return new LockDistribution(
          Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(encoded), HIGHEST_NANOS));
    } catch (DataFormatException | RuntimeException e) {
      throw new IllegalArgumentException("This is no distribution of waits or holds.", e);
    }
  }
}
