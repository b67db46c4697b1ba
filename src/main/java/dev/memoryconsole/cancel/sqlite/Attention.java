package dev.memoryconsole.cancel.sqlite;

import dev.memoryconsole.cancel.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.sqlite.ProgressHandler;

/**
 * Asks from inside the statements of one connection whether anybody still waits for them, and ends
 * them with an {@link SQLException} if not: then {@link Cancellation#check} throws, too. For one
 * thread at a time.
 */
public final class Attention extends ProgressHandler {
  // Instructions of SQLite's machine between two questions: about a millisecond.
  private static final int INSTRUCTIONS = 10_000;

  // Written and read by the thread that runs the statements, which native code calls back in.
  private BooleanSupplier unwanted = Cancellation.current();

  private Attention() {}

  /** Watches over a connection that only reads. */
  public static Attention on(Connection connection) throws SQLException {
    Attention attention = new Attention();
    ProgressHandler.setHandler(connection, INSTRUCTIONS, attention);
    return attention;
  }

  /**
   * Watches over what this thread works on from now on.
   *
   * @throws java.util.concurrent.CancellationException if nobody waits for that as it is
   */
  public void begin() {
    Cancellation.check();
    unwanted = Cancellation.current();
  }

  @Override
  protected int progress() {
    return unwanted.getAsBoolean() ? 1 : 0;
  }
}
