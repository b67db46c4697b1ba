package dev.memoryconsole.journal.database;

import dev.memoryconsole.journal.JournalBusyException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The transactions of the journal's one writing connection, which must have no patience of its own:
 * SQLite's sleeps up to a tenth of a second between two looks. Used under the journal's writing
 * lock.
 */
public final class JournalTransactions {
  /**
   * What anybody else may need for a transaction, by far. A test of what follows sets {@code
   * memoryconsole.journal.patience}, in milliseconds.
   */
  public static final Duration PATIENCE =
      Duration.ofMillis(Long.getLong("memoryconsole.journal.patience", 10_000));

  /** What may be waited for under a store's lock. */
  public static final Duration AT_ONCE = Duration.ofMillis(5);

  private static final long LEAST_PAUSE_NANOS = 300_000;
  private static final long LONGEST_PAUSE_NANOS = 2_000_000;

  private final Connection connection;
  private boolean synced;
  private int failures;

  /** When what a transaction wrote is safe from a power cut; from a kill it is at once. */
  public enum Safety {
    /** When the transaction has ended, with all that was written before. */
    SYNCED,
    /** With the next one that is synced, or with the next checkpoint. */
    LATER
  }

  public JournalTransactions(Connection connection) {
    this.connection = connection;
  }

  /** Writes, and answers something. */
  public interface Step<T> {
    /** All or nothing. */
    T run() throws SQLException;
  }

  /** Runs in one transaction, which must be short. */
  public <T> T run(Safety safety, Step<T> step) throws SQLException {
    return run(safety, PATIENCE, step);
  }

  /**
   * Runs in one transaction.
   *
   * @param patience how long to wait for others that write
   * @throws JournalBusyException if that was not long enough and is no more than {@link #AT_ONCE}
   */
  public <T> T run(Safety safety, Duration patience, Step<T> step) throws SQLException {
    sync(safety == Safety.SYNCED);
    begin(patience);
    try {
      T result = step.run();
      execute("COMMIT");
      return result;
    } catch (SQLException | RuntimeException e) {
      failures++;
      rollBack(e);
      throw e;
    }
  }

  /** How many have failed so far, for whoever keeps statements of the connection. */
  public int failures() {
    return failures;
  }

  private void sync(boolean wanted) throws SQLException {
    if (synced != wanted) {
      execute("PRAGMA synchronous = " + (wanted ? "FULL" : "NORMAL"));
      synced = wanted;
    }
  }

  private void begin(Duration patience) throws SQLException {
    long asked = System.nanoTime();
    while (true) {
      try {
        execute("BEGIN IMMEDIATE");
        return;
      } catch (SQLException e) {
        if (!isBusy(e)) {
          throw e;
        }
        if (System.nanoTime() - asked >= patience.toNanos()) {
          if (patience.compareTo(AT_ONCE) <= 0) {
            throw new JournalBusyException();
          }
          throw e;
        }
        LockSupport.parkNanos(
            ThreadLocalRandom.current().nextLong(LEAST_PAUSE_NANOS, LONGEST_PAUSE_NANOS));
      }
    }
  }

  private static boolean isBusy(SQLException e) {
    // The extended codes carry theirs in the lowest byte.
    return e instanceof SQLiteException sqlite
        && (sqlite.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
  }

  private void rollBack(Exception cause) {
    try {
      execute("ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      cause.addSuppressed(alreadyRolledBack);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
