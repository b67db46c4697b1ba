package dev.memoryconsole.store.sqlite.write;

import java.sql.SQLException;

/** What is done while the lock is held; may say how many rows it wrote. */
@FunctionalInterface
public interface LockedWork {
  /** Writes, and returns the number of rows written. */
  int run() throws SQLException;
}
