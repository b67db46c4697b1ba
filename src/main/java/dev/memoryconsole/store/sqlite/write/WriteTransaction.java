package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.message.MessageCode;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.sqlite.connection.Sql;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.connection.SqliteFailures;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The transactions of the connection that writes, each of which is SQLite's lock from begin to end.
 * Their statements are never prepared: after some failures, a full disk is one, the driver closes
 * prepared ones for good. For the head of the queue for the lock.
 */
final class WriteTransaction {
  private final Path file;
  private final Connection connection;

  WriteTransaction(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** Takes SQLite's lock; busy if somebody else has it. */
  void begin() throws SQLException {
    Sql.execute(connection, "BEGIN IMMEDIATE");
  }

  /**
   * Runs the work and commits, or rolls back.
   *
   * @return the number of rows written
   * @throws StoreException if the work or the commit failed
   */
  int complete(MessageCode doing, LockedWork work) {
    boolean sent = false;
    boolean committed = false;
    try {
      int rows = work.run();
      sent = true;
      Sql.execute(connection, "COMMIT");
      committed = true;
      return rows;
    } catch (SQLException failure) {
      // A commit that failed is one that did not happen only where its transaction is still open.
      throw sent && !isOpen()
          ? SqliteFailures.unknown(file, failure)
          : SqliteFailures.of(file, doing, failure);
    } catch (StoreException failure) {
      throw failure;
    } catch (RuntimeException failure) {
      throw new StoreException(SqliteCode.STEP_FAILED.with(doing.with(), file), failure);
    } finally {
      if (!committed) {
        rollBack();
      }
    }
  }

  // After some failures SQLite has rolled back by itself, and says so by failing here.
  private void rollBack() {
    try {
      Sql.execute(connection, "ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      if (isOpen()) {
        throw SqliteFailures.of(file, SqliteCode.UNDOING_WRITE, alreadyRolledBack);
      }
    }
  }

  private boolean isOpen() {
    try {
      Sql.execute(connection, "BEGIN");
      Sql.execute(connection, "ROLLBACK");
      return false;
    } catch (SQLException stillOpen) {
      return true;
    }
  }
}
