package dev.memoryconsole.journal.locks;

import dev.memoryconsole.journal.database.JournalTransactions;
import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.journal.lives.ProcessIdentity;
import dev.memoryconsole.journal.lives.RunClaims;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.figures.LockFigures;
import dev.memoryconsole.lock.record.WaitRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the history of locks. Used under the journal's writing lock, and each call takes one short
 * transaction: a run that holds a store's lock may be waiting behind it.
 */
final class LockHistoryWriter {
  private static final String EVENT =
      """
      INSERT INTO lock_events (store, session, ended_us, acquired_us, lane, kind, run, batch,
        wait_ns, hold_ns, rows, outcome, observed)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;

  private static final String FIGURES =
      """
      INSERT OR REPLACE INTO lock_figures (store, span_ms, at_ms, session, lane, acquisitions,
        contended, timed_out, rows, held_ns, seen, commits_seen, waits, holds)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;

  static final long NO_SESSION = -1;
  private static final long ROLLED_UP = 0;

  private final Connection connection;
  private final Statements statements;
  private final LockHistoryReader inside;
  private final JournalTransactions transactions;
  private final RunClaims claims;

  /**
   * One opening of a store by one process.
   *
   * @param store the store's number in the history
   * @param id the session's own
   */
  record Session(long store, long id) {}

  /** Figures of one lane in one span of time. */
  record Row(long spanMillis, long atMillis, String lane, LockFigures figures) {
    static Row of(long spanMillis, long atMillis, LockHolder lane, LockFigures figures) {
      return new Row(spanMillis, atMillis, LockLane.of(lane), figures);
    }
  }

  LockHistoryWriter(Connection connection, JournalTransactions transactions, RunClaims claims) {
    this.connection = connection;
    this.statements = new Statements(connection);
    this.inside = new LockHistoryReader(connection, statements, claims);
    this.transactions = transactions;
    this.claims = claims;
  }

  private <T> T inTransaction(JournalTransactions.Step<T> step) throws SQLException {
    return transactions.run(JournalTransactions.Safety.LATER, step);
  }

  /** Begins a session of this process. */
  Session open(String store) throws SQLException {
    ProcessIdentity self = claims.self();
    return inTransaction(
        () -> {
          statements.update("INSERT OR IGNORE INTO lock_stores (path) VALUES (?)", store);
          long number = statements.number("SELECT id FROM lock_stores WHERE path = ?", store);
          return new Session(
              number,
              statements.number(
                  "INSERT INTO lock_sessions (store, pid, pid_start, owner) VALUES (?, ?, ?, ?)"
                      + " RETURNING id",
                  number,
                  self.pid(),
                  self.startedAt(),
                  self.process()));
        });
  }

  /** Adds acquisitions of a session; answers how many. */
  int add(Session session, List<LockAcquisition> events) throws SQLException {
    return inTransaction(
        () -> {
          try (PreparedStatement insert = connection.prepareStatement(EVENT)) {
            for (LockAcquisition event : events) {
              add(insert, session, event);
            }
          }
          return events.size();
        });
  }

  private static void add(PreparedStatement insert, Session session, LockAcquisition event)
      throws SQLException {
    insert.setLong(1, session.store());
    insert.setLong(2, session.id());
    insert.setLong(3, event.endedAtMicros());
    insert.setLong(4, event.acquiredAtMicros());
    insert.setString(5, LockLane.of(event.holder()));
    insert.setString(6, event.purpose().kind().name());
    insert.setLong(7, event.purpose().run());
    insert.setInt(8, event.purpose().batch());
    insert.setLong(9, event.waitNanos());
    insert.setLong(10, event.holdNanos());
    insert.setInt(11, event.rows());
    insert.setString(12, event.outcome().name());
    insert.setBoolean(13, event.observed());
    insert.executeUpdate();
  }

  /** Puts down who was seen waiting for whom; answers how many. */
  int put(Session session, List<WaitRecord.Numbered> waits, int kept) throws SQLException {
    return inTransaction(
        () -> {
          WaitHistory.put(statements, session.store(), session.id(), waits);
          return WaitHistory.trim(statements, session.store(), kept, waits.size() + 1);
        });
  }

  /** Puts the figures of a session in the place of those it put there before; answers how many. */
  int put(Session session, List<Row> rows) throws SQLException {
    return inTransaction(() -> insert(session, rows));
  }

  private int insert(Session session, List<Row> rows) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(FIGURES)) {
      for (Row row : rows) {
        LockFigures figures = row.figures();
        insert.setLong(1, session.store());
        insert.setLong(2, row.spanMillis());
        insert.setLong(3, row.atMillis());
        insert.setLong(4, session.id());
        insert.setString(5, row.lane());
        insert.setLong(6, figures.acquisitions());
        insert.setLong(7, figures.contended());
        insert.setLong(8, figures.timedOut());
        insert.setLong(9, figures.rows());
        insert.setLong(10, figures.heldNanos());
        insert.setLong(11, figures.seen());
        insert.setLong(12, figures.commitsSeen());
        insert.setBytes(13, figures.waits().encoded());
        insert.setBytes(14, figures.holds().encoded());
        insert.executeUpdate();
      }
      return rows.size();
    }
  }

  /**
   * Puts one row for each lane in the place of all figures of one longer span, those of its shorter
   * spans included; answers how many. Several consoles may come to it at the same time: the second
   * finds it done.
   */
  int rollUp(long store, long spanMillis, long longerMillis, long begin) throws SQLException {
    return inTransaction(
        () -> {
          Map<String, LockFigures> sums = new TreeMap<>();
          for (LockHistoryReader.Figures one :
              inside.figures(store, NO_SESSION, begin, begin + longerMillis)) {
            if (one.spanMillis() == spanMillis || one.spanMillis() == longerMillis) {
              sums.merge(laneIn(longerMillis, one.lane()), one.figures(), LockFigures::plus);
            }
          }
          statements.update(
              "DELETE FROM lock_figures WHERE store = ? AND span_ms IN (?, ?)"
                  + " AND at_ms >= ? AND at_ms < ?",
              store,
              spanMillis,
              longerMillis,
              begin,
              begin + longerMillis);
          List<Row> rows = new ArrayList<>();
          sums.forEach((lane, figures) -> rows.add(new Row(longerMillis, begin, lane, figures)));
          return insert(new Session(store, ROLLED_UP), rows);
        });
  }

  // However many runs there were: a day is a handful of rows.
  private static String laneIn(long spanMillis, String lane) {
    return spanMillis == LockRetention.DAY && lane.startsWith(LockLane.RUNS)
        ? LockLane.ALL_RUNS
        : lane;
  }

  /** Forgets figures of before, at most {@code limit}; answers how many. */
  int forget(long store, long spanMillis, long beforeMillis, int limit) throws SQLException {
    return inTransaction(
        () ->
            statements.update(
                "DELETE FROM lock_figures WHERE (store, span_ms, at_ms, session, lane) IN (SELECT"
                    + " store, span_ms, at_ms, session, lane FROM lock_figures WHERE store = ? AND"
                    + " span_ms = ? AND at_ms < ? LIMIT ?)",
                store,
                spanMillis,
                beforeMillis,
                limit));
  }

  /** Forgets single acquisitions that ended before, at most {@code limit}; answers how many. */
  int trim(long store, long beforeMicros, int limit) throws SQLException {
    return inTransaction(
        () -> {
          statements.update(
              "UPDATE lock_stores SET trimmed_us = max(trimmed_us, ?2) WHERE id = ?1",
              store,
              beforeMicros);
          return statements.update(
              "DELETE FROM lock_events WHERE id IN (SELECT id FROM lock_events WHERE store = ? AND"
                  + " ended_us < ? LIMIT ?)",
              store,
              beforeMicros,
              limit);
        });
  }

  /**
   * Forgets sessions that nothing is left of, unless that has changed since they were found;
   * answers how many.
   */
  int forgetSessions(LockHistoryReader.Empty found) throws SQLException {
    return inTransaction(
        () -> {
          int forgotten = 0;
          for (long session : found.sessions()) {
            forgotten +=
                statements.update(
                    "DELETE FROM lock_sessions WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM"
                        + " lock_events WHERE id > ?2 AND session = ?1) AND NOT EXISTS (SELECT 1"
                        + " FROM lock_waits WHERE session = ?1)",
                    session,
                    found.lastEvent());
          }
          return forgotten;
        });
  }
}
