package dev.memoryconsole.store.sqlite.connection;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.cancel.sqlite.Attention;
import dev.memoryconsole.message.MessageCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * A few connections for reading, opened when first needed; for a file that may not be written one
 * for each reading, because what is right for it depends on who else has it open by then. A reading
 * that nobody waits for any more is given up ({@link Cancellation}), even within a statement. Safe
 * for use by many threads.
 */
public final class ReadPool implements AutoCloseable {
  private static final int SIZE = 4;

  private final Path file;
  private final FileAccess access;
  private final Semaphore permits = new Semaphore(SIZE, true);
  // The one used last is taken first: its cache is the one that is filled.
  private final ConcurrentLinkedDeque<Reader> idle = new ConcurrentLinkedDeque<>();

  /**
   * A connection, and what asks from inside its statements whether anybody still waits for them.
   */
  private record Reader(Connection connection, Attention attention) {}

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
  public <T> T read(MessageCode doing, Reading<T> reading) {
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
  public <T> T readInPieces(MessageCode doing, Reading<T> reading) {
    return withPermit(doing, reading);
  }

  private <T> T withPermit(MessageCode doing, Reading<T> reading) {
    permits.acquireUninterruptibly();
    try {
      Cancellation.check();
      return borrow(reading);
    } catch (SQLException failure) {
      Cancellation.check();
      throw SqliteFailures.of(file, doing, failure);
    } finally {
      permits.release();
    }
  }

  private <T> T borrow(Reading<T> reading) throws SQLException {
    Reader pooled = idle.poll();
    Reader reader = pooled == null ? open() : pooled;
    boolean usable = false;
    try {
      reader.attention().begin();
      T result = reading.from(reader.connection());
      usable = access.mayWrite();
      return result;
    } finally {
      if (usable) {
        idle.push(reader);
      } else {
        reader.connection().close();
      }
    }
  }

  private Reader open() throws SQLException {
    Connection connection = Connections.reader(file, access);
    return new Reader(connection, Attention.on(connection));
  }

  /** Only when nobody reads any more. */
  @Override
  public void close() throws SQLException {
    for (Reader next = idle.poll(); next != null; next = idle.poll()) {
      next.connection().close();
    }
  }
}
