package dev.memoryconsole.journal;

import dev.memoryconsole.lock.record.LockLog;
import dev.memoryconsole.lock.record.LockMetrics;
import java.time.InstantSource;

/** The history of the locks of stores. Safe for use by many threads. */
public interface LockJournal {
  /**
   * Keeps the history of a store's lock from now on: takes over what these metrics record, in a
   * thread of its own, until the journal is closed.
   */
  void keep(String store, LockMetrics metrics, InstantSource clock);

  /** What is known about a store's lock: from these metrics, and from the history. */
  LockLog log(String store, LockMetrics metrics, InstantSource clock);
}
