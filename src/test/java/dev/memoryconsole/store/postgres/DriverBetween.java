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
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Stands between whoever connects and the real driver, and sees each statement and commit. */
public abstract class DriverBetween implements Driver, AutoCloseable {
  private static final String URL = "jdbc:postgresql:";

  private final Driver real = new org.postgresql.Driver();
  private final String end;

  /**
   * For one database, or for all.
   *
   * @param end what the URLs of those that are seen end with
   */
  protected DriverBetween(String end) {
    this.end = end;
  }

  /** Steps between: the first driver that accepts a URL gets it. */
  protected final void register() throws SQLException {
    List<Driver> others = Collections.list(DriverManager.getDrivers());
    for (Driver other : others) {
      DriverManager.deregisterDriver(other);
    }
    DriverManager.registerDriver(this);
    for (Driver other : others) {
      DriverManager.registerDriver(other);
    }
  }

  /** What is about to be done. */
  @FunctionalInterface
  protected interface Call {
    /** Does it. */
    @Nullable Object run() throws Throwable;
  }

  /** Somebody connects. */
  protected void connecting() {
    // As the real driver does.
  }

  /** A statement is about to be executed. */
  protected @Nullable Object execute(Connection connection, String sql, Call call)
      throws Throwable {
    return call.run();
  }

  /** A transaction is about to be committed. */
  protected void commit(Connection connection) throws SQLException {
    connection.commit();
  }

  @Override
  public final @Nullable Connection connect(String url, Properties properties) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    connecting();
    Connection connection = real.connect(url, properties);
    return connection == null ? null : proxy(Connection.class, onConnection(connection));
  }

  private InvocationHandler onConnection(Connection connection) {
    return (self, method, arguments) -> {
      if (method.getName().equals("commit")) {
        commit(connection);
        return null;
      }
      Object result = called(() -> method.invoke(connection, arguments));
      if (result instanceof PreparedStatement statement) {
        String sql = (String) arguments[0];
        return proxy(PreparedStatement.class, onStatement(connection, statement, sql));
      }
      return result instanceof Statement statement
          ? proxy(Statement.class, onStatement(connection, statement, ""))
          : result;
    };
  }

  private InvocationHandler onStatement(Connection connection, Statement statement, String sql) {
    return (self, method, arguments) -> {
      Call call = () -> called(() -> method.invoke(statement, arguments));
      if (!method.getName().startsWith("execute")) {
        return call.run();
      }
      boolean said = arguments != null && arguments[0] instanceof String;
      return execute(connection, said ? (String) arguments[0] : sql, call);
    };
  }

  private static @Nullable Object called(Call call) throws Throwable {
    try {
      return call.run();
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            DriverBetween.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public final boolean acceptsURL(String url) {
    return url.startsWith(URL) && url.endsWith(end);
  }

  @Override
  public final DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public final int getMajorVersion() {
    return real.getMajorVersion();
  }

  @Override
  public final int getMinorVersion() {
    return real.getMinorVersion();
  }

  @Override
  public final boolean jdbcCompliant() {
    return false;
  }

  @Override
  public final Logger getParentLogger() {
    return Logger.getLogger("between");
  }

  @Override
  public final void close() throws SQLException {
    DriverManager.deregisterDriver(this);
  }
}
