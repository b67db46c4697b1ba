package dev.memoryconsole.ui.locks;

import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.lock.figures.LockReading;

/** The lock in the minutes before a run, while it was at work, and in the minutes after it. */
record RunSurroundings(RunRecord run, LockReading before, LockReading during, LockReading after) {
  /** How long before and after. */
  static final long MARGIN_MILLIS = 5 * 60_000L;

  /** When the run ended; now, if it has not. */
  static long end(RunRecord run, long now) {
    Long finished = run.finishedAt();
    return Math.max(run.startedAt() + 1, finished == null ? now : finished);
  }
}
