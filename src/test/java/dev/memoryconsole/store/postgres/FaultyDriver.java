package dev.memoryconsole.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Has statements fail as a server may have them fail, and loses the answers of commits, for one
 * database.
 */
final class FaultyDriver extends DriverBetween {
  /** What becomes of a commit of what may have been written. */
  enum Commit {
    ANSWERED,
    /** It took effect, and the connection was gone before anybody heard of it. */
    DONE_AND_LOST,
    /** The connection was gone before the server heard of it. */
    LOST
  }

  private final AtomicInteger steps = new AtomicInteger();
  private volatile int failing;
  private volatile boolean failingOn;
  private volatile String state = "";
  private volatile Commit commit = Commit.ANSWERED;

  private FaultyDriver(String database) {
    super("/" + database);
  }

  static FaultyDriver of(String database) throws SQLException {
    FaultyDriver driver = new FaultyDriver(database);
    driver.register();
    return driver;
  }

  /**
   * Has the n-th step from now on fail: a statement or a commit.
   *
   * @param on whether all that come after it fail, too
   */
  void failAt(int step, String sqlState, boolean on) {
    steps.set(0);
    state = sqlState;
    failingOn = on;
    failing = step;
  }

  /** Whether that step was reached. */
  boolean hasFailed() {
    return steps.get() >= failing;
  }

  void lose(Commit next) {
    commit = next;
  }

  void behave() {
    failing = 0;
    commit = Commit.ANSWERED;
  }

  private void step(Connection connection) throws SQLException {
    int step = steps.incrementAndGet();
    if (failing > 0 && (step == failing || (failingOn && step > failing))) {
      // As the server does, which has rolled back by then.
      connection.rollback();
      throw new SQLException("injected", state);
    }
  }

  @Override
  protected @Nullable Object execute(Connection connection, String sql, Call call)
      throws Throwable {
    step(connection);
    return call.run();
  }

  @Override
  protected void commit(Connection connection) throws SQLException {
    step(connection);
    Commit fate = connection.isReadOnly() ? Commit.ANSWERED : commit;
    if (fate == Commit.ANSWERED) {
      connection.commit();
      return;
    }
    commit = Commit.ANSWERED;
    if (fate == Commit.DONE_AND_LOST) {
      connection.commit();
    }
    connection.abort(Runnable::run);
    throw new SQLException("An I/O error occurred while sending to the backend.", "08006");
  }
}
