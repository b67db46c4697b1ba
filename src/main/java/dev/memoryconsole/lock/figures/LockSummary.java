package dev.memoryconsole.lock.figures;

/**
 * Waits and holds of a set of acquisitions.
 *
 * @param acquisitions how many times the lock was held
 * @param waits time from asking to holding
 * @param holds time from holding to released
 */
public record LockSummary(long acquisitions, Quantiles waits, Quantiles holds) {
  /** Nothing acquired yet. */
  public static final LockSummary NONE = new LockSummary(0, Quantiles.ZERO, Quantiles.ZERO);

  /** Three figures of a distribution, in milliseconds. */
  public record Quantiles(double p50, double p99, double max) {
    /** What nothing adds up to. */
    public static final Quantiles ZERO = new Quantiles(0, 0, 0);
  }
}
