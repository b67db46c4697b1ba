package dev.memoryconsole.journal.postgres;

import dev.memoryconsole.journal.JournalCode;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.postgres.connection.Attempts;
import dev.memoryconsole.store.postgres.connection.Connections;
import dev.memoryconsole.store.postgres.connection.PostgresAddress;
import dev.memoryconsole.store.postgres.connection.PostgresCode;
import dev.memoryconsole.store.postgres.connection.PostgresFailures;
import dev.memoryconsole.store.postgres.connection.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions on the tables of shared runs. What the server asks to be tried again is; so is what
 * a lost connection ended, for as long as a standby needs to take over: all that is written here
 * may be written twice. Safe for use by many threads.
 */
final class TeamDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(TeamDatabase.class);
  private static final int STATEMENT_MILLIS = 30_000;
  private static final int SOCKET_MILLIS = 60_000;

  private final Connections connections;
  private final PostgresAddress address;
  private final long idleMillis;
  private volatile boolean made;

  /**
   * Uses these connections.
   *
   * @param address the table of memories, in its schema
   * @param lease how long a part is another's who says nothing. Of one who stands still between two
   *     statements the server ends the transaction well before: others, who find its part over,
   *     need its rows
   */
  TeamDatabase(Connections connections, PostgresAddress address, Duration lease) {
    this.connections = connections;
    this.address = address;
    this.idleMillis = Math.max(1, lease.toMillis() / 2);
  }

  /** What is done in a transaction. */
  interface Work<T> {
    T with(Connection connection, Statements statements) throws SQLException;
  }

  /** The name of the store in the tables: its own, in its schema. */
  String store() {
    return address.quotedTable();
  }

  /** Where the tables are. */
  PostgresAddress address() {
    return address;
  }

  /**
   * Reads.
   *
   * @param nothing the answer where nobody has shared a run yet, or this user may not see any
   */
  <T> T read(T nothing, Work<T> work) {
    return read(nothing, work, false);
  }

  /**
   * Reads for somebody who has asked for shared runs and nothing else.
   *
   * @param nothing the answer where nobody has shared a run yet
   * @throws JournalException also if this user may not see them
   */
  <T> T readOrRefuse(T nothing, Work<T> work) {
    return read(nothing, work, true);
  }

  private <T> T read(T nothing, Work<T> work, boolean refuses) {
    try {
      return connections.read(
          PostgresCode.SHARING,
          connection -> {
            Statements statements = new Statements(connection);
            TeamTables.Sight sight =
                made ? TeamTables.Sight.THERE : TeamTables.look(statements, address());
            if (refuses && sight == TeamTables.Sight.HIDDEN) {
              throw new JournalException(
                  JournalCode.TEAM_TABLES_HIDDEN.with(address().toString(), address().user()));
            }
            made = sight == TeamTables.Sight.THERE;
            return made ? work.with(connection, statements) : nothing;
          });
    } catch (StoreException e) {
      throw new JournalException(e.message(), e);
    }
  }

  /** Writes. May be done twice where the answer of a commit was lost. */
  <T> T write(Work<T> work) {
    return write(work, true);
  }

  /** Writes; a commit whose answer was lost is not repeated. */
  <T> T writeOnce(Work<T> work) {
    return write(work, false);
  }

  private <T> T write(Work<T> work, boolean again) {
    Attempts attempts = connections.attempts();
    boolean raced = false;
    while (true) {
      try {
        return Waiting.toTheEnd(() -> once(work));
      } catch (SQLException failure) {
        if (!made && !raced && PostgresFailures.isThereAlready(failure)) {
          // Of two who share their first run at the same time one has made the tables.
          raced = true;
          continue;
        }
        boolean surelyNothing = again || !PostgresFailures.isGone(failure);
        if (!surelyNothing || !connections.paused(attempts.pauseAfter(failure))) {
          throw failed(failure);
        }
        LOG.info("A transaction on shared runs is tried again", failure);
      }
    }
  }

  private <T> T once(Work<T> work) throws SQLException {
    try (Connection connection = connections.borrow()) {
      connection.setNetworkTimeout(Runnable::run, SOCKET_MILLIS);
      try (Statement limits = connection.createStatement()) {
        limits.execute(
            "SET LOCAL statement_timeout = "
                + STATEMENT_MILLIS
                + "; SET LOCAL idle_in_transaction_session_timeout = "
                + idleMillis);
      }
      Statements statements = new Statements(connection);
      if (!made) {
        TeamTables.make(connection, statements, address());
      }
      T result = work.with(connection, statements);
      connection.commit();
      made = true;
      return result;
    }
  }

  JournalException failed(SQLException failure) {
    StoreException told = PostgresFailures.of(address(), PostgresCode.SHARING, failure);
    return new JournalException(told.message(), told);
  }
}
