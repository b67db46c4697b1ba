package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.store.sqlite.SqliteOptions;

/**
 * One opening of a store, of which there may be several in this process: what it wishes, and
 * whether it is about to end. Thread-safe.
 */
public final class Opening {
  private final SqliteOptions options;
  private volatile boolean closing;

  public Opening(SqliteOptions options) {
    this.options = options;
  }

  public SqliteOptions options() {
    return options;
  }

  /** Makes everybody of this opening who still waits for the lock give up. */
  public void refuseFromNowOn() {
    closing = true;
  }

  /** Whether it is about to end. */
  public boolean isClosing() {
    return closing;
  }
}
