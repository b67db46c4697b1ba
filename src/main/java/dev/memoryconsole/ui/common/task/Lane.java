package dev.memoryconsole.ui.common.task;

/** Kinds of slow work. Each has a few threads of its own, so that none keeps another waiting. */
public enum Lane {
  /** Reads for the screens: short, and stopped as soon as nobody waits for them. */
  READS(4, true),
  /** What must come through whole: runs are started here, settings saved, stores closed. */
  ACTIONS(4, false),
  /** What takes long: imports, exports, snapshots, the lab, questions to an endpoint. */
  LONG(8, false);

  private final int threads;
  private final boolean stoppable;

  Lane(int threads, boolean stoppable) {
    this.threads = threads;
    this.stoppable = stoppable;
  }

  int threads() {
    return threads;
  }

  /** Whether work is given up halfway once nobody waits for it. */
  boolean isStoppable() {
    return stoppable;
  }
}
