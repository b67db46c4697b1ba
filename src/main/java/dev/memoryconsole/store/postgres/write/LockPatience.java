package dev.memoryconsole.store.postgres.write;

import dev.memoryconsole.store.postgres.connection.Attempts;
import dev.memoryconsole.store.postgres.connection.PostgresFailures;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** How long one transaction waits for the rows of others. For one thread. */
final class LockPatience {
  // A statement waits for a lock and then works.
  static final Duration TO_WORK = Duration.ofSeconds(30);

  // Between two statements is nothing but the merge of a batch. A console that stands still there,
  // on a laptop that was closed, is not to keep an agent waiting until it is opened again.
  private static final Duration IDLE = Duration.ofSeconds(10);

  private static final long A_SECOND = 1_000;

  private final long until;
  private final BooleanSupplier givenUp;

  /**
   * Begins to count.
   *
   * @param patience how long to wait, in all
   * @param givenUp asked while others hold a row: whether to wait no longer
   */
  LockPatience(Duration patience, BooleanSupplier givenUp) {
    this.until = System.nanoTime() + patience.toNanos();
    this.givenUp = givenUp;
  }

  BooleanSupplier givenUp() {
    return givenUp;
  }

  /**
   * Statements that bound each wait and each hold of a transaction, also where this process is gone
   * and its socket is not. They come before any lock, and go with the first statement, which spares
   * a way to the server and back.
   */
  String limits() {
    long left = left();
    return "SET LOCAL lock_timeout = "
        + left
        + "; SET LOCAL statement_timeout = "
        + (left + TO_WORK.toMillis())
        + "; SET LOCAL idle_in_transaction_session_timeout = "
        + IDLE.toMillis()
        + "; ";
  }

  // In whole seconds, so that the statement is mostly the same one, which the server prepares once.
  // It takes 0 for no limit.
  private long left() {
    Duration left = Duration.ofNanos(until - System.nanoTime());
    return Math.max(1, left.toMillis() / A_SECOND + 1) * A_SECOND;
  }

  /**
   * Lets others go first who were found to want the same rows.
   *
   * @param rounds how often that was so
   * @throws SQLException if the patience is used up
   */
  void letOthersGo(int rounds) throws SQLException, InterruptedException {
    if (System.nanoTime() >= until) {
      throw PostgresFailures.notAvailable();
    }
    boolean unused = Attempts.paused(Attempts.pause(rounds), givenUp);
  }
}
