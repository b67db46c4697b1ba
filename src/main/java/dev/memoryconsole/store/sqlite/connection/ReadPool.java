package dev.memoryconsole.store.sqlite.connection;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * A few connections for reading, opened when first needed; for a file that may not be written one
 * for each reading, because what is right for it depends on who else has it open by then. Safe for
 * use by many threads.
 */
public final class ReadPool implements AutoCloseable {
  private static final int SIZE = 4;

  private final Path file;
  private final FileAccess access;
  private final Semaphore permits = new Semaphore(SIZE, true);
  private final ConcurrentLinkedQueue<Connection> idle = new ConcurrentLinkedQueue<>();

  /** Reads. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Reads. */
    T from(Connection connection) throws SQLException;
  }

  public ReadPool(Path file, FileAccess access) {
    this.file = file;
    this.access = access;
  }

  /** Reads inside one transaction, so that all its statements see the same state of the store. */
  public <T> T read(String doing, Reading<T> reading) {
    return withPermit(
        doing,
        connection -> {
          Sql.execute(connection, "BEGIN");
          T result = reading.from(connection);
          Sql.execute(connection, "COMMIT");
          return result;
        });
  }

  /** Reads outside of a transaction: each statement sees what was written by then. */
  public <T> T readInPieces(String doing, Reading<T> reading) {
    return withPermit(doing, reading);
  }

  private <T> T withPermit(String doing, Reading<T> reading) {
    permits.acquireUninterruptibly();
    try {
      return borrow(reading);
    } catch (SQLException failure) {
      throw SqliteFailures.of(file, doing, failure);
    } finally {
      permits.release();
    }
  }

  private <T> T borrow(Reading<T> reading) throws SQLException {
    Connection pooled = idle.poll();
    Connection connection = pooled == null ? Connections.reader(file, access) : pooled;
    boolean usable = false;
    try {
      T result = reading.from(connection);
      usable = access.mayWrite();
      return result;
    } finally {
      if (usable) {
        idle.add(connection);
      } else {
        connection.close();
      }
    }
  }

  /** Only when nobody reads any more. */
  @Override
  public void close() throws SQLException {
    for (Connection next = idle.poll(); next != null; next = idle.poll()) {
      next.close();
    }
  }
}
