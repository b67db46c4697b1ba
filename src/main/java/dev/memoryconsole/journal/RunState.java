package dev.memoryconsole.journal;

/** Where a run stands: {@code RUNNING ⇄ PAUSED → COMPLETED | CANCELLED | INTERRUPTED}. */
public enum RunState {
  RUNNING,
  PAUSED,
  /** Every entry has its outcome. */
  COMPLETED,
  /** Stopped by the admin; what was enriched is kept. */
  CANCELLED,
  /** Stopped by a kill or by a store that could not be written any more; can be resumed. */
  INTERRUPTED;

  /** Whether the run is over, for good or until it is resumed. */
  public boolean isOver() {
    return this != RUNNING && this != PAUSED;
  }
}
