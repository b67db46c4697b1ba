package dev.memoryconsole.store.sqlite.connection;

/** What this program may do with a file, as it was found before the first connection to it. */
public enum FileAccess {
  /** Read and write. */
  WRITABLE,
  /**
   * Read and write; but others left something in its write-ahead log, which SQLite would move into
   * the file when the last connection closes.
   */
  WRITABLE_WITH_A_LOG,
  /** Read alone: the file or its folder is read-only. */
  READ_ONLY,
  /**
   * Read alone, and the file is one that needs a write-ahead log beside it, which can't be made
   * there.
   */
  READ_ONLY_AND_LOGGED;

  public boolean mayWrite() {
    return this == WRITABLE || this == WRITABLE_WITH_A_LOG;
  }
}
