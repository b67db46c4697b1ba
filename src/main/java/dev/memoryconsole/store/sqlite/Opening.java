package dev.memoryconsole.store.sqlite;

/**
 * One opening of a store, of which there may be several in this process: what it wishes, and
 * whether it is about to end. Thread-safe.
 */
final class Opening {
  private final SqliteOptions options;
  private volatile boolean closing;

  Opening(SqliteOptions options) {
    this.options = options;
  }

  SqliteOptions options() {
    return options;
  }

  /** Makes everybody of this opening who still waits for the lock give up. */
  void refuseFromNowOn() {
    closing = true;
  }

  /** Whether it is about to end. */
  boolean isClosing() {
    return closing;
  }
}
