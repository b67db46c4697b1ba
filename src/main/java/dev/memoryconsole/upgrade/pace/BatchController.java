package dev.memoryconsole.upgrade.pace;

import dev.memoryconsole.store.OtherWriters;

/**
 * Finds how many rows a batch may have so that the lock is held no longer than the admin allows.
 *
 * <p>It learns from every hold what a batch costs and how far holds stray from that, and takes the
 * largest batch whose holds stay well below the bound 95 % of the time, below it 99 % of the time,
 * and below three times it at their worst; but never fewer than ten rows, and where the lock itself
 * takes nearly all of the bound, as many rows as cost as much as it does. A hold over the bound and
 * a writer who was waiting make the next batch smaller at once. Where the store takes the lock
 * between two writes of others, a batch is no larger than fits there: who writes every few
 * milliseconds would wait for most of a hold that is merely below the bound.
 *
 * <p>Thread-safe; one thread commits, others look at the pace.
 */
public final class BatchController {
  private static final double NANOS_PER_MILLI = 1_000_000.0;
  // Never fewer, if they are ready.
  private static final int LEAST_ROWS = 10;
  // However little the rows of a batch cost beside the lock itself.
  private static final int MOST_FOR_THE_LOCK = 250;
  private static final int MOST_GROWTH = 4;
  private static final double CAP_GROWTH = 1.25;
  // Shares of the bound.
  private static final double USUAL = 0.5;
  private static final double NEARLY_ALL = 0.6;
  private static final double ALL_BUT_ONE_IN_100 = 0.85;
  private static final double WORST = 3;
  private static final double WHEN_OVER = 0.5;
  private static final double NEARLY_ALL_OF_IT = 2.0 / 3;
  private static final double SCALE = 0.25;
  // Where the store waits for the gap between two writes of others, a hold must fit into it; where
  // they share its processors, they wait for one no longer than that.
  private static final double FITS_BETWEEN_NANOS = NANOS_PER_MILLI;
  private static final int PROBE_EVERY = 8;
  // So many holds in a row far above what was expected are no noise.
  private static final int NO_NOISE = 3;

  private final double bound;
  private final int boundMillis;
  private final boolean fitting;
  private final HoldModel model;
  private int size;
  private double cap = Batching.MOST_ROWS;
  private int farAbove;
  private int sinceProbe;
  private long lastHold;
  private BatchPace.Reason reason = BatchPace.Reason.STARTING;

  /**
   * Starts with small batches.
   *
   * @param maxHoldMillis the bound on holds, at least 1 millisecond
   * @param fitting whether batches must be short while others write
   */
  public BatchController(int maxHoldMillis, boolean fitting) {
    this(maxHoldMillis, LEAST_ROWS, fitting);
  }

  /** Starts with batches of so many rows, 1 to {@value Batching#MOST_ROWS}. */
  public BatchController(int maxHoldMillis, int firstRows, boolean fitting) {
    this.boundMillis = maxHoldMillis;
    this.fitting = fitting;
    this.bound = maxHoldMillis * NANOS_PER_MILLI;
    this.model = new HoldModel(bound * SCALE);
    this.size = firstRows;
  }

  /** How many rows the next batch may have. */
  public synchronized int rows() {
    return size;
  }

  /**
   * What it does and why.
   *
   * @param pauseMillis how long the lock is left alone after the last hold
   */
  public synchronized BatchPace pace(double pauseMillis) {
    return new BatchPace(size, boundMillis, lastHold / NANOS_PER_MILLI, pauseMillis, reason);
  }

  /**
   * Learns from a batch. To be called right after each hold.
   *
   * @param rows the rows it had, at least 1
   * @param holdNanos how long the lock was held
   * @param others what the store knows of others
   */
  public synchronized void held(int rows, long holdNanos, OtherWriters others) {
    lastHold = holdNanos;
    boolean above = model.isFarAbove(rows, holdNanos);
    farAbove = above ? farAbove + 1 : 0;
    if (farAbove == NO_NOISE) {
      model.forget(NO_NOISE - 1);
      farAbove = 0;
    }
    model.learn(rows, holdNanos);
    cap = Math.min(Batching.MOST_ROWS, cap * CAP_GROWTH);
    if (others.waiting()) {
      makeWay();
    } else {
      adapt(rows, holdNanos, above);
    }
    fitBetween(others);
  }

  /** Takes no more rows than fit into a moment while others write all the time. */
  private void fitBetween(OtherWriters others) {
    // Where a hold takes long with few rows already, only more of them tell why.
    boolean unclear = !model.isTold() && model.expected(LEAST_ROWS) > FITS_BETWEEN_NANOS;
    if (others.active() && fitting && !unclear) {
      int fits =
          Math.max(least(budget()), model.isEmpty() ? 0 : model.rowsWithin(FITS_BETWEEN_NANOS));
      if (size > fits) {
        size = fits;
        reason = BatchPace.Reason.AMONG_OTHERS;
      }
    }
  }

  /**
   * Ten; or, where the lock itself takes nearly all that a hold may, as many as cost as much as it
   * does: a smaller batch would hardly make a hold shorter, only holds more.
   */
  private int least(double budget) {
    boolean nearlyAll = model.fixedNanos() > NEARLY_ALL_OF_IT * budget;
    return nearlyAll ? (int) Math.clamp(model.worth(), LEAST_ROWS, MOST_FOR_THE_LOCK) : LEAST_ROWS;
  }

  /** Makes way for a writer that is seen waiting between two batches. */
  public synchronized void seen(OtherWriters others) {
    if (others.waiting() && reason != BatchPace.Reason.WRITER_WAITING) {
      makeWay();
    }
    fitBetween(others);
  }

  /** Half as many. */
  private void makeWay() {
    size = Math.max(Math.min(size, least(budget())), size / 2);
    cap = size;
    reason = BatchPace.Reason.WRITER_WAITING;
  }

  /** What is to be expected of a hold at most, in nanoseconds. */
  private double budget() {
    return bound
        * Math.min(
            USUAL,
            Math.min(
                NEARLY_ALL / model.spread(0.95),
                Math.min(ALL_BUT_ONE_IN_100 / model.spread(0.99), WORST / model.spread(1))));
  }

  private void adapt(int rows, long holdNanos, boolean above) {
    double budget = budget();
    int within = model.rowsWithin(budget);
    int before = size;
    // A batch says little of batches that are much larger.
    double most = Math.min(cap, Math.max(before, (double) MOST_GROWTH * rows));
    if (holdNanos > bound) {
      // Whatever the model says of it.
      most = Math.min(most, rows * WHEN_OVER * bound / holdNanos);
    }
    // The least may be far from what was tried, too.
    int least = (int) Math.min(least(budget), Math.max(LEAST_ROWS, (double) MOST_GROWTH * rows));
    size = (int) Math.max(least, Math.min(within, most));
    if (size > within) {
      probe(rows, holdNanos);
    }
    reason = reason(within, before, holdNanos, above);
  }

  /**
   * Where the bound can't be kept, only another size tells whether the rows are to blame: now and
   * then a smaller one, or a larger one of the smallest.
   */
  private void probe(int rows, long holdNanos) {
    sinceProbe++;
    boolean smallest = size < 4 * LEAST_ROWS;
    if (!model.isTold()) {
      if (rows < 2 * size) {
        size = (holdNanos > bound ? 2 : MOST_GROWTH) * size;
      }
    } else if (sinceProbe >= PROBE_EVERY && (!smallest || model.expected(size) > bound)) {
      sinceProbe = 0;
      size = smallest ? 2 * size : size / 4;
    }
  }

  private BatchPace.Reason reason(int within, int before, long holdNanos, boolean above) {
    if (within < size && model.expected(size) > bound) {
      return BatchPace.Reason.BOUND_TOO_LOW;
    }
    if (holdNanos > bound) {
      return BatchPace.Reason.OVER_THE_BOUND;
    }
    if (size == Batching.MOST_ROWS) {
      return BatchPace.Reason.LARGEST;
    }
    if (size > before + before / 4) {
      return BatchPace.Reason.GROWING;
    }
    return above && size < before ? BatchPace.Reason.SLOWER : BatchPace.Reason.STEADY;
  }
}
