package dev.memoryconsole.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/** A few connections for reading, opened when first needed. Safe for use by many threads. */
final class ReadPool implements AutoCloseable {
  private static final int SIZE = 4;

  private final Path file;
  private final boolean leaveLog;
  private final Semaphore permits = new Semaphore(SIZE, true);
  private final ConcurrentLinkedQueue<Connection> idle = new ConcurrentLinkedQueue<>();

  /** Reads inside one transaction, so that all its statements see the same state of the store. */
  @FunctionalInterface
  interface Reading<T> {
    /** Reads. */
    T from(Connection connection) throws SQLException;
  }

  /**
   * Of a file.
   *
   * @param leaveLog as in {@link Connections#reader}
   */
  ReadPool(Path file, boolean leaveLog) {
    this.file = file;
    this.leaveLog = leaveLog;
  }

  <T> T read(String doing, Reading<T> reading) {
    permits.acquireUninterruptibly();
    try {
      return borrow(reading);
    } catch (SQLException failure) {
      throw Problems.of(file, doing, failure);
    } finally {
      permits.release();
    }
  }

  private <T> T borrow(Reading<T> reading) throws SQLException {
    Connection pooled = idle.poll();
    Connection connection = pooled == null ? Connections.reader(file, leaveLog) : pooled;
    boolean usable = false;
    try {
      execute(connection, "BEGIN");
      T result = reading.from(connection);
      execute(connection, "COMMIT");
      usable = true;
      return result;
    } finally {
      if (usable) {
        idle.add(connection);
      } else {
        connection.close();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
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
