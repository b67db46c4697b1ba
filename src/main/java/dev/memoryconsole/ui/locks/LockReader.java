package dev.memoryconsole.ui.locks;

import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.record.LockLog;
import dev.memoryconsole.ui.locks.chart.LaneAcquisition;
import dev.memoryconsole.upgrade.Upgrades;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the record of one store's lock and remembers what it has handed out, so that a look
 * costs by what is new. Background threads only, one at a time.
 */
final class LockReader {
  /** The most acquisitions that are drawn. */
  static final int MOST = 200_000;

  // What another process writes into the journal comes later than it happened.
  private static final long OVERLAP_MILLIS = 5_000;

  /**
   * What is asked.
   *
   * @param fromMillis show what happened since then, milliseconds since 1970
   * @param span what the figures are about; ignored if there is a run
   * @param run what the figures are about; null for the span
   * @param figures whether it is time to read the figures
   */
  record Question(long fromMillis, Span span, @Nullable RunRecord run, boolean figures) {}

  private static final Logger LOG = LoggerFactory.getLogger(LockReader.class);

  private final Upgrades store;
  private final InstantSource clock;
  private Set<LockAcquisition> recent = new HashSet<>();
  private long readFrom = Long.MAX_VALUE;
  private long readTo;

  LockReader(Upgrades store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Looks. */
  synchronized LockSample look(Question question) {
    LockLog log = store.locks();
    long now = clock.millis() + 1;
    boolean anew = question.fromMillis() < readFrom;
    long from = anew ? question.fromMillis() : readTo - OVERLAP_MILLIS;
    List<LaneAcquisition> holds = fresh(log.events(from, now, MOST), anew, now);
    if (anew) {
      readFrom = question.fromMillis();
    }
    readTo = now;
    LockCondition condition = condition();
    RunRecord run = question.run();
    if (!question.figures()) {
      return new LockSample(log.isRecording(), log.live(), condition, holds, anew, null, null);
    }
    if (run == null) {
      long begin = now - question.span().millis();
      return new LockSample(
          log.isRecording(), log.live(), condition, holds, anew, log.reading(begin, now), null);
    }
    RunSurroundings around = around(log, run, now);
    return new LockSample(
        log.isRecording(), log.live(), condition, holds, anew, around.during(), around);
  }

  /** Null if nobody holds it, or that can't be told: each write says so by itself. */
  private @Nullable LockCondition condition() {
    try {
      return store.lockCondition().orElse(null);
    } catch (LockException e) {
      LOG.debug("Who holds the lock can't be told", e);
      return null;
    }
  }

  private List<LaneAcquisition> fresh(List<LockAcquisition> events, boolean anew, long now) {
    Set<LockAcquisition> kept = new HashSet<>();
    List<LaneAcquisition> holds = new ArrayList<>();
    long keptFrom = (now - 2 * OVERLAP_MILLIS) * 1_000;
    for (LockAcquisition event : events) {
      if (anew || !recent.contains(event)) {
        holds.add(LaneAcquisition.of(event));
      }
      if (event.endedAtMicros() >= keptFrom) {
        kept.add(event);
      }
    }
    recent = kept;
    return holds;
  }

  private static RunSurroundings around(LockLog log, RunRecord run, long now) {
    long begin = run.startedAt();
    long end = RunSurroundings.end(run, now);
    return new RunSurroundings(
        run,
        log.reading(begin - RunSurroundings.MARGIN_MILLIS, begin),
        log.reading(begin, end),
        log.reading(end, Math.max(end, Math.min(now, end + RunSurroundings.MARGIN_MILLIS))));
  }
}
