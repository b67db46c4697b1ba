package dev.memoryconsole.store.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the store and the real driver, for one database: has statements fail as a server
 * may have them fail, and loses the answers of commits.
 */
final class FaultyDriver implements Driver, AutoCloseable {
  /** What becomes of a commit of what may have been written. */
  enum Commit {
    ANSWERED,
    /** It took effect, and the connection was gone before anybody heard of it. */
    DONE_AND_LOST,
    /** The connection was gone before the server heard of it. */
    LOST
  }

  private final Driver real = new org.postgresql.Driver();
  private final String database;
  private final AtomicInteger steps = new AtomicInteger();
  private volatile int failing;
  private volatile boolean failingOn;
  private volatile String state = "";
  private volatile Commit commit = Commit.ANSWERED;

  private FaultyDriver(String database) {
    this.database = database;
  }

  static FaultyDriver of(String database) throws SQLException {
    FaultyDriver driver = new FaultyDriver(database);
    // The first that accepts a URL gets it.
    List<Driver> others = Collections.list(DriverManager.getDrivers());
    for (Driver other : others) {
      DriverManager.deregisterDriver(other);
    }
    DriverManager.registerDriver(driver);
    for (Driver other : others) {
      DriverManager.registerDriver(other);
    }
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
  public @Nullable Connection connect(String url, Properties properties) throws SQLException {
    Connection connection = acceptsURL(url) ? real.connect(url, properties) : null;
    return connection == null ? null : proxy(Connection.class, onConnection(connection));
  }

  private InvocationHandler onConnection(Connection connection) {
    return (self, method, arguments) -> {
      if (method.getName().equals("commit")) {
        step(connection);
        commit(connection);
        return null;
      }
      Object result = call(() -> method.invoke(connection, arguments));
      if (result instanceof PreparedStatement statement) {
        return proxy(PreparedStatement.class, onStatement(connection, statement));
      }
      return result instanceof Statement statement
          ? proxy(Statement.class, onStatement(connection, statement))
          : result;
    };
  }

  private void commit(Connection connection) throws SQLException {
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

  private InvocationHandler onStatement(Connection connection, Statement statement) {
    return (self, method, arguments) -> {
      if (method.getName().startsWith("execute")) {
        step(connection);
      }
      return call(() -> method.invoke(statement, arguments));
    };
  }

  private interface Call {
    @Nullable Object run() throws ReflectiveOperationException;
  }

  private static @Nullable Object call(Call call) throws Throwable {
    try {
      return call.run();
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            FaultyDriver.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith("jdbc:postgresql:") && url.endsWith("/" + database);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return real.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return real.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("faulty");
  }

  @Override
  public void close() throws SQLException {
    DriverManager.deregisterDriver(this);
  }
}
