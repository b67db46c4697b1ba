package dev.memoryconsole.lock.figures;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Adds events up, by lane. Not safe for use by many threads. */
public final class LockTally {
  private final Map<LockHolder, Lane> lanes = new HashMap<>();

  /** Adds one event. */
  public void add(LockAcquisition event) {
    lanes.computeIfAbsent(event.holder().lane(), holder -> new Lane()).add(event);
  }

  /** What was added up so far, by lane; lanes without events are left out. */
  public Map<LockHolder, LockFigures> figures() {
    Map<LockHolder, LockFigures> figures = HashMap.newHashMap(lanes.size());
    lanes.forEach((holder, lane) -> figures.put(holder, lane.figures()));
    return figures;
  }

  private static final class Lane {
    private final Histogram waits = new Histogram(LockDistribution.DIGITS);
    private final Histogram holds = new Histogram(LockDistribution.DIGITS);
    private long contended;
    private long timedOut;
    private long rows;
    private long heldNanos;
    private long seen;
    private long commitsSeen;

    void add(LockAcquisition event) {
      rows += event.rows();
      heldNanos += event.holdNanos();
      if (event.outcome() == LockAcquisition.Outcome.COMMIT_SEEN) {
        commitsSeen++;
      } else if (event.observed()) {
        seen++;
      } else if (event.outcome() != LockAcquisition.Outcome.BROKEN) {
        addOwn(event);
      }
    }

    private void addOwn(LockAcquisition event) {
      waits.recordValue(LockDistribution.clamp(event.waitNanos()));
      if (event.waitNanos() >= LockFigures.NOTICEABLE_NANOS) {
        contended++;
      }
      if (event.outcome().wasHeld()) {
        holds.recordValue(LockDistribution.clamp(event.holdNanos()));
      } else {
        timedOut++;
      }
    }

    LockFigures figures() {
      return new LockFigures(
          holds.getTotalCount(),
          contended,
          timedOut,
          rows,
          heldNanos,
          seen,
          commitsSeen,
          new LockDistribution(waits.copy()),
          new LockDistribution(holds.copy()));
    }
  }
}
