package dev.memoryconsole.store.postgres.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.cancel.Uninterrupted;
import dev.memoryconsole.message.MessageCode;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one database. Thread-safe. The password is known to the pool alone; the log of
 * the pool and the driver never shows it.
 */
public final class Connections implements AutoCloseable {
  /** What the server calls every connection of a console. */
  public static final String NAME = "memory-console";

  private static final int MOST = 12;
  private static final Duration TO_CONNECT = Duration.ofSeconds(10);
  private static final Duration TO_WAIT = TO_CONNECT.plusSeconds(5);
  private static final Duration TO_WAIT_BESIDE = Duration.ofSeconds(3);
  private static final Duration TO_ANSWER_BESIDE = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofMinutes(1);
  // Waiting for a connection is looked at as often: a pool does not end it when it is closed.
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration TO_CLOSE = Duration.ofSeconds(1);
  private static final int FETCHED_AT_ONCE = 1_000;

  private final PostgresAddress address;
  private final HikariDataSource pool;
  private final Duration reconnecting;
  private volatile boolean refusing;
  // Guarded by this; null until it is used.
  private @Nullable HikariDataSource beside;
  private boolean closed;

  private Connections(PostgresAddress address, HikariDataSource pool, Duration reconnecting) {
    this.address = address;
    this.pool = pool;
    this.reconnecting = reconnecting;
  }

  /**
   * Connects.
   *
   * @param password null for whatever the driver finds in the file of passwords that libpq has
   * @param reconnecting how long a server that went away later is asked again
   * @throws StoreException if the server is away, or refuses it
   */
  public static Connections to(
      PostgresAddress address, @Nullable String password, Duration reconnecting) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("postgres");
    config.setJdbcUrl(address.jdbcUrl());
    config.setUsername(address.user());
    if (password != null) {
      config.setPassword(password);
    }
    Map.of(
            "ApplicationName", NAME,
            "connectTimeout", String.valueOf(TO_CONNECT.toSeconds()),
            "tcpKeepAlive", "true",
            "gssEncMode", "disable",
            // Which of several hosts is the primary changes when one is gone.
            "hostRecheckSeconds", "1",
            // What a row holds is nobody's business in a log.
            "logServerErrorDetail", "false",
            "stringtype", "unspecified")
        .forEach(config::addDataSourceProperty);
    address.driverOptions().forEach(config::addDataSourceProperty);
    config.setAutoCommit(false);
    // Each statement sees what was committed before it, also what it had to wait for.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setMaximumPoolSize(MOST);
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE.toMillis());
    config.setConnectionTimeout(LOOK.toMillis());
    config.setInitializationFailTimeout(1);
    try {
      return new Connections(address, new HikariDataSource(config), reconnecting);
    } catch (HikariPool.PoolInitializationException e) {
      throw e.getCause() instanceof SQLException failure
          ? PostgresFailures.connecting(address, failure)
          : new StoreUnavailableException(
              PostgresCode.AWAY.with(address.toString(), String.valueOf(e.getMessage())), e);
    }
  }

  /** What is done with a connection. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it. */
    T with(Connection connection) throws SQLException;
  }

  /**
   * Reads in one transaction that can't write.
   *
   * @param doing the work, to follow "Could not"
   */
  public <T> T read(MessageCode doing, Work<T> work) {
    Attempts attempts = attempts();
    while (true) {
      try {
        return Waiting.toTheEnd(() -> readOnce(work));
      } catch (SQLException failure) {
        // Who reads anew on another connection misses nothing.
        if (!paused(attempts.pauseAfter(failure))) {
          throw PostgresFailures.of(address, doing, failure);
        }
      }
    }
  }

  /**
   * Pauses before a transaction is begun anew.
   *
   * @param millis as {@link Attempts#pauseAfter} says; less than 0 for no more
   * @return false if nobody waits any longer, or it is not to be begun anew
   * @throws java.util.concurrent.CancellationException if its answer is no longer wanted
   */
  public boolean paused(long millis) {
    BooleanSupplier unwanted = Cancellation.current();
    try {
      boolean again =
          millis >= 0 && Attempts.paused(millis, () -> refusing || unwanted.getAsBoolean());
      Cancellation.check();
      return again;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** For one piece of work. */
  public Attempts attempts() {
    return new Attempts(reconnecting);
  }

  /** Makes everybody give up who waits for a server that went away. */
  public void refuseFromNowOn() {
    refusing = true;
  }

  /**
   * Reads once by a connection that nothing else uses, so that it can be had when all others are
   * waiting; fails soon where the server is away.
   *
   * @param doing the work, to follow "Could not"
   */
  public <T> T readBeside(MessageCode doing, Work<T> work) {
    try {
      return Waiting.toTheEnd(
          () -> readOnce(beside(), TO_WAIT_BESIDE, connection -> answeringSoon(connection, work)));
    } catch (SQLException failure) {
      throw PostgresFailures.of(address, doing, failure);
    }
  }

  private static <T> T answeringSoon(Connection connection, Work<T> work) throws SQLException {
    // Nobody may wait for a server that has fallen silent; the pool takes it back.
    connection.setNetworkTimeout(Runnable::run, (int) TO_ANSWER_BESIDE.toMillis());
    return work.with(connection);
  }

  private synchronized HikariDataSource beside() throws SQLException {
    HikariDataSource made = beside;
    if (closed) {
      throw new SQLNonTransientConnectionException("closed", "08003");
    }
    if (made == null) {
      HikariConfig config = new HikariConfig();
      pool.copyStateTo(config);
      config.setPoolName("postgres-beside");
      config.setMaximumPoolSize(1);
      config.setInitializationFailTimeout(-1);
      made = new HikariDataSource(config);
      beside = made;
    }
    return made;
  }

  private <T> T readOnce(Work<T> work) throws SQLException {
    return readOnce(pool, TO_WAIT, work);
  }

  private <T> T readOnce(HikariDataSource from, Duration longest, Work<T> work)
      throws SQLException {
    try (Connection connection = pooled(from, longest)) {
      connection.setReadOnly(true);
      T result = work.with(connection);
      connection.commit();
      return result;
    }
  }

  /**
   * A connection in no transaction yet, to be closed, which rolls back what is open.
   *
   * @throws SQLException as the driver says it, if the server is away
   */
  public Connection borrow() throws SQLException {
    return Waiting.toTheEnd(() -> pooled(pool, TO_WAIT));
  }

  /** The pool itself would give up where the thread is interrupted. */
  private Connection pooled(HikariDataSource from, Duration longest) throws SQLException {
    long end = System.nanoTime() + longest.toNanos();
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return from.getConnection();
        } catch (SQLTransientConnectionException e) {
          // The pool tells of its own waiting; why it waited is the cause.
          if (e.getCause() instanceof SQLException cause) {
            throw cause;
          }
          if (refusing || System.nanoTime() - end > 0) {
            throw e;
          }
          Cancellation.check();
        } catch (SQLException e) {
          if (!(e.getCause() instanceof InterruptedException)) {
            throw e;
          }
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Where they lead. */
  public PostgresAddress address() {
    return address;
  }

  /** How many rows are fetched at once where there may be many. */
  public static int fetchedAtOnce() {
    return FETCHED_AT_ONCE;
  }

  /**
   * Closes all of them. A connection that a pool is just making, to a server that does not answer,
   * ends by itself later: nobody waits for that.
   */
  @Override
  public void close() {
    Thread closing = Thread.ofPlatform().name("postgres-close").daemon().start(this::closeAll);
    Uninterrupted.await(() -> closing.join(TO_CLOSE));
  }

  private void closeAll() {
    HikariDataSource other;
    synchronized (this) {
      closed = true;
      other = beside;
    }
    pool.close();
    if (other != null) {
      other.close();
    }
  }
}
