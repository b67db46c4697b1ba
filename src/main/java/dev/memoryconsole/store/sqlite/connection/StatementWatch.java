package dev.memoryconsole.store.sqlite.connection;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;

/**
 * Looks on while long statements of one connection run, all in the thread that made it: gives them
 * up when that thread is interrupted or the store is closed.
 */
public final class StatementWatch {
  // Instructions of SQLite's machine between two looks: about a millisecond.
  private static final int INSTRUCTIONS = 10_000;

  private final Path store;
  private final BooleanSupplier closing;
  private final Runnable look;
  private @Nullable RuntimeException failure;

  /** Calls {@code look} every millisecond or so. */
  public StatementWatch(Path store, BooleanSupplier closing, Runnable look) {
    this.store = store;
    this.closing = closing;
    this.look = look;
  }

  /** Begins to look on. */
  public void on(Connection connection) throws SQLException {
    ProgressHandler.setHandler(
        connection,
        INSTRUCTIONS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return goOn() ? 0 : 1;
          }
        });
  }

  // Called by native code, which no exception may reach.
  private boolean goOn() {
    if (Thread.currentThread().isInterrupted() || closing.getAsBoolean()) {
      return false;
    }
    try {
      look.run();
      return true;
    } catch (RuntimeException thrown) {
      failure = thrown;
      return false;
    }
  }

  /** Throws why a statement was given up, if it was. */
  public void explain(SQLException given) throws InterruptedException {
    if (!SqliteFailures.isInterrupt(given)) {
      return;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (failure != null) {
      throw failure;
    }
    throw SqliteFailures.closed(store);
  }
}
