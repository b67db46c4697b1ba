package dev.memoryconsole.store.postgres.read;

import dev.memoryconsole.store.OtherWriters;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.postgres.connection.Connections;
import dev.memoryconsole.store.postgres.connection.PostgresCode;
import dev.memoryconsole.store.postgres.connection.PostgresFailures;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether anybody else is at work in this database. Other consoles do not count. Thread-safe.
 *
 * <p>It is looked at twice a second while somebody asks, by a thread of its own: nobody waits. A
 * server that can't tell is asked again after half a minute. One that does not answer, or has no
 * connection left, has others at work.
 */
public final class OtherSessions {
  private static final Logger LOG = LoggerFactory.getLogger(OtherSessions.class);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long NO_ANSWER_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long CANNOT_TELL_NANOS = TimeUnit.SECONDS.toNanos(30);

  // Who may not see what others do, or whom the server does not watch, is taken to be at work;
  // what is no client, as a standby that follows, is not. Poolers append to a name.
  private static final String SQL =
      """
      SELECT count(*) FROM pg_catalog.pg_stat_activity
      WHERE datname = current_database() AND usename IS NOT NULL
        AND (backend_type IS NULL OR backend_type = 'client backend')
        AND application_name NOT LIKE '%s%%' AND pid <> pg_backend_pid()
        AND (state IS NULL OR state IN ('active', 'disabled')
             OR state_change > clock_timestamp() - interval '2 seconds')
      """
          .formatted(Connections.NAME);

  private final Connections connections;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile boolean active;
  private volatile long nextLook = System.nanoTime();

  /** Of the database that these connections lead to. */
  public OtherSessions(Connections connections) {
    this.connections = connections;
  }

  /**
   * What is known of them; before the first answer nobody is there. Whether somebody waits for a
   * row is not said.
   */
  public OtherWriters now() {
    if (System.nanoTime() - nextLook >= 0 && looking.compareAndSet(false, true)) {
      Thread.ofVirtual().name("postgres-others").start(this::look);
    }
    return new OtherWriters(active, false);
  }

  private void look() {
    long pause = LOOK_NANOS;
    try {
      active = connections.readBeside(PostgresCode.READING, OtherSessions::any);
    } catch (StoreException e) {
      LOG.debug("Whether others are at work is not told", e);
      active = !(e.getCause() instanceof SQLException cause && PostgresFailures.isNotThere(cause));
      pause = active ? NO_ANSWER_NANOS : CANNOT_TELL_NANOS;
    } finally {
      nextLook = System.nanoTime() + pause;
      looking.set(false);
    }
  }

  private static boolean any(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL statement_timeout = 2000");
      try (ResultSet count = statement.executeQuery(SQL)) {
        return count.next() && count.getLong(1) > 0;
      }
    }
  }
}
