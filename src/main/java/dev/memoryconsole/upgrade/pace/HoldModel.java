package dev.memoryconsole.upgrade.pace;

import java.util.Arrays;

/**
 * What a hold costs: something for each acquisition, something for each row, and noise. Learned
 * from the latest holds by medians, as Theil and Sen do, so that holds that are long for a reason
 * of their own, as on a busy machine, say nothing of what rows cost. For one thread.
 *
 * <p>Two things are learned. How many rows cost as much as the acquisition itself is a property of
 * the store and hardly changes; it is told by two holds in a row of very different sizes. How long
 * that takes changes with the machine; it is told by every hold.
 */
final class HoldModel {
  private static final int WINDOW = 24;
  private static final int CONTRASTS = 32;
  private static final int SPREAD_WINDOW = 256;
  // Before enough is known: how far holds may be above what is expected.
  private static final int FEW = 20;
  private static final double EXPECTED_SPREAD = 1.5;
  private static final double LEAST_ROW_NANOS = 10;
  // Batches of nearly one size tell nothing of what a row costs.
  private static final double ANOTHER_SIZE = 2;
  // Only what comes soon after each other is compared: a machine that becomes slower makes batches
  // smaller, and then holds would seem to be as long however few rows they have.
  private static final int NEAR = 2;
  // Before anything is known: an acquisition costs as much as so many rows.
  private static final double EXPECTED_WORTH = 10;
  private static final double MOST_WORTH = 10_000;
  private static final int FEW_CONTRASTS = 3;
  private static final double FAR_ABOVE = 1.8;

  private final double scale;
  private final int[] rows = new int[WINDOW];
  private final long[] nanos = new long[WINDOW];
  private int learnt;
  private final double[] contrasts = new double[CONTRASTS];
  private int contrasted;
  private double worth = EXPECTED_WORTH;
  private double perRow;
  private final double[] spread = new double[SPREAD_WINDOW];
  private int seen;

  /**
   * Makes a model that has learnt nothing.
   *
   * @param scale holds below this are compared with it, in nanoseconds: how far they stray from
   *     what was expected of them is mostly the machine's doing, not the batch's
   */
  HoldModel(double scale) {
    this.scale = scale;
  }

  /** Whether a hold was much longer than expected. */
  boolean isFarAbove(int batch, long hold) {
    return learnt > 0 && excess(batch, hold) > FAR_ABOVE;
  }

  private double excess(int batch, long hold) {
    double expected = expected(batch);
    return 1 + (hold - expected) / Math.max(expected, scale);
  }

  /** Learns from a hold. */
  void learn(int batch, long holdNanos) {
    if (learnt > 0) {
      spread[seen % SPREAD_WINDOW] = excess(batch, holdNanos);
      seen++;
    }
    int at = learnt % WINDOW;
    rows[at] = batch;
    nanos[at] = Math.max(1, holdNanos);
    learnt++;
    contrast(at);
    double[] levels = new double[known()];
    Arrays.setAll(levels, i -> nanos[i] / (worth + rows[i]));
    perRow = Math.max(LEAST_ROW_NANOS, median(levels));
  }

  private int known() {
    return Math.min(learnt, WINDOW);
  }

  private void contrast(int latest) {
    // The very first hold is slow for reasons of its own, and tells nothing by comparison.
    for (int back = 1; back <= Math.min(NEAR, learnt - 2); back++) {
      int earlier = Math.floorMod(latest - back, WINDOW);
      int small = rows[earlier] < rows[latest] ? earlier : latest;
      int large = small == latest ? earlier : latest;
      if (rows[large] >= ANOTHER_SIZE * rows[small]) {
        double slope = (double) (nanos[large] - nanos[small]) / (rows[large] - rows[small]);
        double told = slope <= 0 ? MOST_WORTH : nanos[small] / slope - rows[small];
        contrasts[contrasted % CONTRASTS] = Math.clamp(told, 0, MOST_WORTH);
        contrasted++;
      }
    }
    if (contrasted > 0) {
      worth = median(Arrays.copyOf(contrasts, Math.min(contrasted, CONTRASTS)));
    }
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
  }

  /**
   * Drops what holds take, because the store or the machine has become another. How they stray is
   * kept.
   *
   * @param latest so many of the latest were no straying
   */
  void forget(int latest) {
    learnt = 0;
    seen = Math.max(0, seen - latest);
  }

  boolean isEmpty() {
    return learnt == 0;
  }

  /** What a batch is expected to take, in nanoseconds. */
  double expected(int batch) {
    return perRow * (worth + batch);
  }

  /** What an acquisition costs without rows, in nanoseconds. */
  double fixedNanos() {
    return perRow * worth;
  }

  /** Whether holds of very different sizes have told what is the lock's and what the rows'. */
  boolean isTold() {
    return contrasted >= FEW_CONTRASTS;
  }

  /** How many rows cost as much as the acquisition without rows. */
  double worth() {
    return worth;
  }

  /** The largest batch that is expected to take no longer than this; at least 0. */
  int rowsWithin(double budget) {
    return (int) Math.clamp(budget / perRow - worth, 0, Batching.MOST_ROWS);
  }

  /** How many times longer than expected holds are at most, in this share of them. */
  double spread(double share) {
    int known = Math.min(seen, SPREAD_WINDOW);
    if (known == 0) {
      return EXPECTED_SPREAD;
    }
    double[] sorted = Arrays.copyOf(spread, known);
    Arrays.sort(sorted);
    double observed = sorted[(int) Math.ceil(share * known) - 1];
    return known < FEW ? Math.max(observed, EXPECTED_SPREAD) : observed;
  }
}
