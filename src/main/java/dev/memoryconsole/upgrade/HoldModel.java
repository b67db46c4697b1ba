package dev.memoryconsole.upgrade;

import java.util.Arrays;

/**
 * What a hold costs: something for each acquisition, something for each row, and noise. Learned
 * from the holds themselves, the latest counting most. For one thread.
 */
final class HoldModel {
  // Of ten batches ago, a third is left: a drift is followed, a single odd hold is not.
  private static final double KEPT = 0.9;
  private static final int WINDOW = 256;
  // Before enough is known: how far holds may be above what is expected.
  private static final int FEW = 20;
  private static final double EXPECTED_SPREAD = 1.5;
  private static final double LEAST_ROW_NANOS = 10;

  // One odd hold is not to be taken for what holds cost from now on.
  private static final double MOST_LEARNT = 2;
  private static final double FAR_ABOVE = 1.5;

  private final double scale;
  private double weight;
  private double rows;
  private double nanos;
  private double rowsSquared;
  private double rowsNanos;
  private double fixed;
  private double perRow;
  private final double[] spread = new double[WINDOW];
  private int seen;

  /**
   * With nothing learnt.
   *
   * @param scale holds below this are compared with it, in nanoseconds: how far they stray from
   *     what was expected of them is mostly the machine's doing, not the batch's
   */
  HoldModel(double scale) {
    this.scale = scale;
  }

  /** Whether a hold was much longer than expected. */
  boolean isFarAbove(int batch, long hold) {
    return weight > 0 && excess(batch, hold) > FAR_ABOVE;
  }

  private double excess(int batch, long hold) {
    double expected = expected(batch);
    return 1 + (hold - expected) / Math.max(expected, scale);
  }

  /** Learns from a hold. */
  void learn(int batch, long holdNanos) {
    double hold = Math.max(1, holdNanos);
    if (weight > 0) {
      spread[seen % WINDOW] = excess(batch, holdNanos);
      seen++;
      hold = Math.min(hold, MOST_LEARNT * Math.max(expected(batch), scale));
    }
    weight = KEPT * weight + 1;
    rows = KEPT * rows + batch;
    nanos = KEPT * nanos + hold;
    rowsSquared = KEPT * rowsSquared + (double) batch * batch;
    rowsNanos = KEPT * rowsNanos + batch * hold;
    fit();
  }

  /** Least squares, with neither part below nothing. */
  private void fit() {
    double meanRows = rows / weight;
    double meanNanos = nanos / weight;
    double variance = rowsSquared / weight - meanRows * meanRows;
    double covariance = rowsNanos / weight - meanRows * meanNanos;
    double most = meanNanos / meanRows;
    if (variance > 0.01 * meanRows * meanRows) {
      perRow = covariance / variance;
    } else if (perRow == 0) {
      perRow = most;
    }
    // Batches of one size don't tell the parts apart: then what was known of a row goes on.
    perRow = Math.clamp(perRow, Math.min(LEAST_ROW_NANOS, most), most);
    fixed = meanNanos - perRow * meanRows;
  }

  /** Drops what is known: the store has become another. */
  void forget() {
    weight = 0;
    rows = 0;
    nanos = 0;
    rowsSquared = 0;
    rowsNanos = 0;
    seen = 0;
    perRow = 0;
  }

  boolean isEmpty() {
    return weight == 0;
  }

  /** What a batch is expected to take, in nanoseconds. */
  double expected(int batch) {
    return fixed + perRow * batch;
  }

  /** What an acquisition costs without rows, in nanoseconds. */
  double fixedNanos() {
    return fixed;
  }

  /** What a row costs, in nanoseconds. */
  double rowNanos() {
    return perRow;
  }

  /** The largest batch that is expected to take no longer than this; at least 0. */
  int rowsWithin(double budget) {
    return (int) Math.clamp((budget - fixed) / perRow, 0, Batching.MOST_ROWS);
  }

  /**
   * By how much holds exceed what is expected of them: at most so many times, in this share of
   * them.
   */
  double spread(double share) {
    int known = Math.min(seen, WINDOW);
    if (known == 0) {
      return EXPECTED_SPREAD;
    }
    double[] sorted = Arrays.copyOf(spread, known);
    Arrays.sort(sorted);
    double observed = sorted[(int) Math.ceil(share * known) - 1];
    return known < FEW ? Math.max(observed, EXPECTED_SPREAD) : observed;
  }
}
