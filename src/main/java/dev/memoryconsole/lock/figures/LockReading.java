package dev.memoryconsole.lock.figures;

import dev.memoryconsole.lock.LockHolder;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What happened to a store's lock in a range of time. Immutable.
 *
 * @param fromMillis the range's begin, milliseconds since 1970
 * @param toMillis its end, exclusive
 * @param lanes figures by {@link LockHolder#lane}; lanes without events are left out
 */
public record LockReading(long fromMillis, long toMillis, Map<LockHolder, LockFigures> lanes) {
  private static final double NANOS_PER_MILLI = 1_000_000.0;
  private static final double MILLIS_PER_SECOND = 1_000.0;

  /** Copies the map. */
  public LockReading {
    lanes = Map.copyOf(lanes);
  }

  /** The figures of the lanes that match, together. */
  public LockFigures of(Predicate<LockHolder> which) {
    LockFigures sum = LockFigures.NONE;
    for (Map.Entry<LockHolder, LockFigures> lane : lanes.entrySet()) {
      if (which.test(lane.getKey())) {
        sum = sum.plus(lane.getValue());
      }
    }
    return sum;
  }

  /** Everybody's figures. */
  public LockFigures all() {
    return of(holder -> true);
  }

  /** Those of every Memory Console. */
  public LockFigures consoles() {
    return of(holder -> !holder.isForeign());
  }

  /** What was seen of other programs. */
  public LockFigures foreign() {
    return of(LockHolder::isForeign);
  }

  /** Acquisitions a second over the whole range. */
  public double perSecond(LockFigures figures) {
    return toMillis <= fromMillis
        ? 0
        : figures.acquisitions() * MILLIS_PER_SECOND / (toMillis - fromMillis);
  }

  /** The share of the range in which it was held, 0 to 1. */
  public double heldShare(LockFigures figures) {
    return toMillis <= fromMillis
        ? 0
        : Math.min(1, figures.heldNanos() / NANOS_PER_MILLI / (toMillis - fromMillis));
  }
}
