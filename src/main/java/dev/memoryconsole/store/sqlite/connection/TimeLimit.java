package dev.memoryconsole.store.sqlite.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.ProgressHandler;

/**
 * Gives up the statements of one connection that take too long: a trigger of another program may
 * never end, and others wait for the lock meanwhile. For one thread at a time.
 */
public final class TimeLimit {
  // Instructions of SQLite's machine between two looks: about a millisecond.
  private static final int INSTRUCTIONS = 10_000;

  private final Connection connection;
  // Written by the thread that runs the statements, which native code calls back in.
  private long begun;
  private long nanos = Long.MAX_VALUE;

  public TimeLimit(Connection connection) throws SQLException {
    this.connection = connection;
    ProgressHandler.setHandler(
        connection,
        INSTRUCTIONS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return System.nanoTime() - begun > nanos ? 1 : 0;
          }
        });
  }

  /** From now on statements have so long altogether. */
  public void begin(Duration longest) {
    begun = System.nanoTime();
    nanos = longest.toNanos();
  }

  /** From now on statements may take as long as they like. */
  public void end() {
    nanos = Long.MAX_VALUE;
  }

  /** Looks on no more. */
  public void remove() throws SQLException {
    ProgressHandler.clearHandler(connection);
  }
}
