package dev.memoryconsole.lock;

import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Adds events up, by lane. Not safe for use by many threads. */
public final class LockTally {
  private final Map<LockHolder, Lane> lanes = new HashMap<>();

  /** Adds one event. */
  public void add(LockEvent event) {
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

    void add(LockEvent event) {
      rows += event.rows();
      heldNanos += event.holdNanos();
      if (event.outcome() == LockEvent.Outcome.COMMIT_SEEN) {
        commitsSeen++;
      } else if (event.observed()) {
        seen++;
      } else if (event.outcome() != LockEvent.Outcome.BROKEN) {
        addOwn(event);
      }
    }

    private void addOwn(LockEvent event) {
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
