package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.MessageCode;
import dev.memoryconsole.store.OtherWriters;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.sqlite.connection.Connections;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.connection.SqliteFailures;
import dev.memoryconsole.store.sqlite.connection.TimeLimit;
import dev.memoryconsole.store.sqlite.inspection.ForeignTriggers;
import dev.memoryconsole.store.sqlite.read.RowReader;
import dev.memoryconsole.store.sqlite.schema.SchemaBuilder;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that writes, with its lock and its statements. Safe for use by many threads,
 * but for {@link #statements} and {@link #read}: these are for the head of the queue for the lock.
 */
public final class WriteConnection implements AutoCloseable {
  private static final long PAUSE_NANOS = 20_000_000;

  /** The longest that the statements of one hold may take: less than the patience of others. */
  public static final Duration LIMIT = Duration.ofSeconds(2);

  /** No limit, for what has to be done at one go. */
  public static final Duration NO_LIMIT = Duration.ofDays(1);

  private final Path file;
  private final Connection connection;
  private final WriteLock lock;
  // Used by the holder of the lock.
  private final TimeLimit limit;
  // Guarded by the lock.
  private @Nullable WriteStatements prepared;

  private WriteConnection(Path file, Connection connection, WriteLock lock) throws SQLException {
    this.file = file;
    this.connection = connection;
    this.lock = lock;
    this.limit = new TimeLimit(connection);
  }

  /** Connects; changes nothing. */
  public static WriteConnection connect(
      Path file, InstantSource clock, LockMetrics metrics, Supplier<LockPacing> pacing)
      throws SQLException {
    Connection connection = Connections.writer(file);
    try {
      return new WriteConnection(
          file, connection, new WriteLock(file, connection, clock, metrics, pacing));
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  /**
   * Switches the file to the write-ahead log, if it does not use it. That needs a moment in which
   * nobody else is at the file, for which SQLite itself does not wait.
   */
  public void useLog(Duration patience) throws SQLException {
    long begun = System.nanoTime();
    while (true) {
      try {
        switchToLog();
        return;
      } catch (SQLException failure) {
        if (!SqliteFailures.isBusy(failure) || System.nanoTime() - begun > patience.toNanos()) {
          throw failure;
        }
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void switchToLog() throws SQLException {
    patiently(
        () -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("PRAGMA journal_mode = WAL")) {
            if (!"wal".equalsIgnoreCase(row.getString(1))) {
              throw new StoreException(SqliteCode.NO_LOG.with(file));
            }
          }
        });
  }

  /** Makes the tables of a new store. */
  public void create() throws SQLException {
    patiently(() -> SchemaBuilder.create(connection));
  }

  private interface Step {
    void run() throws SQLException;
  }

  private void patiently(Step step) throws SQLException {
    Connections.set(connection, "busy_timeout = " + Connections.READ_PATIENCE_MILLIS);
    step.run();
    Connections.set(connection, "busy_timeout = 0");
  }

  /** Runs {@code work} under the lock; see {@link WriteLock#hold}. */
  public LockAcquisition hold(
      Opening opening, LockPurpose purpose, MessageCode doing, LockedWork work)
      throws InterruptedException {
    return lock.hold(opening, purpose, doing, guarded(LIMIT, work));
  }

  /** What is done to the tables under the lock. */
  public interface Change {
    /** Does it. */
    void on(Connection connection) throws SQLException;
  }

  /**
   * Changes the tables under the lock, but writes no memory.
   *
   * @param longest how long its statements may take altogether
   */
  public LockAcquisition hold(
      Opening opening, LockPurpose purpose, MessageCode doing, Duration longest, Change change)
      throws InterruptedException {
    return lock.hold(
        opening,
        purpose,
        doing,
        guarded(
            longest,
            () -> {
              change.on(connection);
              return 0;
            }));
  }

  /** Runs {@code work} under the lock if it is wanted; see {@link WriteLock#holdAfter}. */
  boolean holdAfter(
      Opening opening,
      LockPurpose purpose,
      MessageCode doing,
      WriteLock.Before before,
      LockedWork work)
      throws InterruptedException {
    return lock.holdAfter(opening, purpose, doing, before, guarded(LIMIT, work));
  }

  private LockedWork guarded(Duration longest, LockedWork work) {
    return () -> {
      limit.begin(longest);
      try {
        return work.run();
      } catch (SQLException | RuntimeException failure) {
        // After some failures, a full disk is one, the driver has closed statements for good.
        prepared = null;
        if (failure instanceof SQLException given && SqliteFailures.isInterrupt(given)) {
          throw ForeignTriggers.tookTooLong(
              file, longest, ForeignTriggers.triggers(connection), given);
        }
        throw failure;
      } finally {
        limit.end();
      }
    };
  }

  /** What is known of others that write. */
  public OtherWriters others() {
    return lock.others();
  }

  /** Returns the prepared statements. For the head of the queue. */
  public WriteStatements statements() throws SQLException {
    WriteStatements statements = prepared;
    if (statements == null) {
      statements = prepare();
      prepared = statements;
    }
    return statements;
  }

  private WriteStatements prepare() throws SQLException {
    try {
      return WriteStatements.of(connection, TableLayout.toWrite(connection));
    } catch (SQLException failure) {
      List<String> triggers = ForeignTriggers.triggers(connection);
      if (SqliteFailures.isOfTheSchema(failure) && !triggers.isEmpty()) {
        throw ForeignTriggers.cannotRun(file, triggers, failure);
      }
      throw failure;
    }
  }

  /** Reads the rows with these ids as they are in the transaction at hand. */
  List<MemoryEntry> read(List<String> ids) throws SQLException {
    return RowReader.byIds(statements().reread(), statements().layout(), ids);
  }

  /** Replaces everything in the store; see {@link WriteLock#replace}. */
  public LockAcquisition replace(
      Opening opening, LockPurpose purpose, MessageCode doing, WriteLock.Whole whole)
      throws InterruptedException {
    return lock.replace(opening, purpose, doing, whole);
  }

  /** When this process last released the lock ({@link System#nanoTime}); now if it holds it. */
  public long lastRelease() {
    return lock.lastRelease();
  }

  /** Whether other programs have written lately. */
  public boolean othersWrite() {
    return lock.othersWrite();
  }

  @Override
  public void close() throws SQLException {
    lock.close();
  }
}
