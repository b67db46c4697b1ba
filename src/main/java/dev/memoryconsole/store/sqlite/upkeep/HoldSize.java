package dev.memoryconsole.store.sqlite.upkeep;

/**
 * How many rows a step of upkeep takes along: as many as keep the lock for some milliseconds, by
 * how long the last one kept it. For one thread.
 */
final class HoldSize {
  private static final long GOOD_HOLD_NANOS = 8_000_000;
  private static final int FEWEST = 5;
  private static final int MOST = 500;

  private int rows = 4 * FEWEST;

  int rows() {
    return rows;
  }

  /** After a step of so many rows. */
  void held(long nanos) {
    long fitting = rows * GOOD_HOLD_NANOS / Math.max(1, nanos);
    rows = Math.clamp(Math.min(fitting, 2L * rows), FEWEST, MOST);
  }
}
