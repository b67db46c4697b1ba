package dev.memoryconsole.journal.locks;

import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.journal.lives.RunClaims;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.SeenWait;
import dev.memoryconsole.lock.figures.LockDistribution;
import dev.memoryconsole.lock.figures.LockFigures;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Reads the history of locks. Safe for use by many threads, one at a time. */
final class LockHistoryReader implements AutoCloseable {
  private final Connection connection;
  private final Statements statements;
  private final RunClaims claims;

  /** An acquisition and the number it has in the history. */
  record Numbered(long id, LockAcquisition event) {}

  /** Figures and the process that wrote them: 0 for nobody who is alive or this one. */
  record Figures(long spanMillis, long atMillis, String lane, long pid, LockFigures figures) {}

  /** Gives up what nobody waits for any more; closes the connection in the end. */
  static LockHistoryReader of(Connection connection, RunClaims claims) throws SQLException {
    return new LockHistoryReader(connection, Statements.toRead(connection), claims);
  }

  /** Reads by the statements of a connection, within what is written by it. */
  LockHistoryReader(Connection connection, Statements statements, RunClaims claims) {
    this.connection = connection;
    this.statements = statements;
    this.claims = claims;
  }

  /** The store's number; 0 if it has no history. */
  synchronized long store(String path) throws SQLException {
    return statements.number("SELECT coalesce(max(id), 0) FROM lock_stores WHERE path = ?", path);
  }

  /** What ended before is kept as figures only, microseconds since 1970. */
  synchronized long trimmedMicros(long store) throws SQLException {
    return statements.number(
        "SELECT coalesce(max(trimmed_us), 0) FROM lock_stores WHERE id = ?", store);
  }

  /**
   * When the acquisition ended that {@code newer} others ended after; 0 if there are not so many.
   */
  synchronized long endedMicros(long store, int newer) throws SQLException {
    return statements.number(
        "SELECT coalesce((SELECT ended_us FROM lock_events WHERE store = ?"
            + " ORDER BY ended_us DESC LIMIT 1 OFFSET ?), 0)",
        store,
        newer);
  }

  /** The begins of the spans before an instant, the oldest first. */
  synchronized List<Long> begins(long store, long spanMillis, long beforeMillis)
      throws SQLException {
    return statements.list(
        "SELECT DISTINCT at_ms FROM lock_figures WHERE store = ? AND span_ms = ?"
            + " AND at_ms < ? ORDER BY at_ms",
        row -> row.getLong(1),
        store,
        spanMillis,
        beforeMillis);
  }

  /** Acquisitions of other sessions with a number above {@code after}, by their numbers. */
  synchronized List<Numbered> events(long store, long exceptSession, long after)
      throws SQLException {
    OtherConsoles consoles = new OtherConsoles(claims);
    return statements.list(
        "SELECT e.id, e.acquired_us, e.lane, e.kind, e.run, e.batch, e.wait_ns, e.hold_ns,"
            + " e.rows, e.outcome, e.observed, s.pid, s.pid_start, s.owner"
            + " FROM lock_events e LEFT JOIN lock_sessions s ON s.id = e.session"
            + " WHERE e.id > ?2 AND e.store = ?1 AND e.session <> ?3 ORDER BY e.id",
        row -> new Numbered(row.getLong(1), event(row, consoles)),
        store,
        after,
        exceptSession);
  }

  private static LockAcquisition event(ResultSet row, OtherConsoles consoles) throws SQLException {
    int batch = row.getInt(6);
    return new LockAcquisition(
        LockLane.holder(
            row.getString(3),
            consoles.pid(row.getLong(12), row.getLong(13), row.getString(14)),
            batch),
        new LockPurpose(LockPurpose.Kind.valueOf(row.getString(4)), row.getLong(5), batch),
        row.getLong(2),
        row.getLong(7),
        row.getLong(8),
        row.getInt(9),
        LockAcquisition.Outcome.valueOf(row.getString(10)),
        row.getBoolean(11));
  }

  /**
   * Sessions without anything left in the history.
   *
   * @param lastEvent the number of the latest acquisition that was looked at
   */
  record Empty(List<Long> sessions, long lastEvent) {}

  /**
   * The sessions of a store before this one that have nothing left, at most {@code limit}. Goes
   * through all acquisitions, so it is not for who keeps others from writing.
   */
  synchronized Empty emptySessions(long store, long before, int limit) throws SQLException {
    long last = statements.number("SELECT coalesce(max(id), 0) FROM lock_events");
    List<Long> sessions =
        statements.list(
            "SELECT id FROM lock_sessions WHERE store = ?1 AND id < ?2 AND id NOT IN (SELECT"
                + " session FROM lock_events WHERE store = ?1) AND id NOT IN (SELECT session"
                + " FROM lock_figures WHERE store = ?1) AND id NOT IN (SELECT session"
                + " FROM lock_waits WHERE store = ?1) LIMIT ?3",
            row -> row.getLong(1),
            store,
            before,
            limit);
    return new Empty(sessions, last);
  }

  /** The process ids of all consoles that have written into the store's history. */
  synchronized Set<Long> consoles(long store) throws SQLException {
    return Set.copyOf(
        statements.list(
            "SELECT DISTINCT pid FROM lock_sessions WHERE store = ?",
            row -> row.getLong(1),
            store));
  }

  /** Figures of spans that lie in a range, in part or all of them, without those of one session. */
  synchronized List<Figures> figures(long store, long exceptSession, long fromMillis, long toMillis)
      throws SQLException {
    OtherConsoles consoles = new OtherConsoles(claims);
    return statements.list(
        "SELECT f.span_ms, f.at_ms, f.lane, f.acquisitions, f.contended, f.timed_out,"
            + " f.rows, f.held_ns, f.seen, f.commits_seen, f.waits, f.holds, s.pid,"
            + " s.pid_start, s.owner FROM lock_figures f"
            + " LEFT JOIN lock_sessions s ON s.id = f.session"
            + " WHERE f.store = ?1 AND f.session <> ?2"
            + " AND f.at_ms + f.span_ms > ?3 AND f.at_ms < ?4",
        row ->
            new Figures(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                consoles.pid(row.getLong(13), row.getLong(14), row.getString(15)),
                new LockFigures(
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getLong(8),
                    row.getLong(9),
                    row.getLong(10),
                    LockDistribution.decoded(row.getBytes(11)),
                    LockDistribution.decoded(row.getBytes(12)))),
        store,
        exceptSession,
        fromMillis,
        toMillis);
  }

  /** Who was seen waiting for whom in a range of time, the latest {@code limit}. */
  synchronized List<SeenWait> waits(long store, long fromMillis, long toMillis, int limit)
      throws SQLException {
    return WaitHistory.between(statements, store, fromMillis, toMillis, limit);
  }

  /** Moves what was written into the journal's file; waits for nobody. */
  synchronized void checkpoint() throws SQLException {
    statements.number("PRAGMA wal_checkpoint(PASSIVE)");
  }

  @Override
  public synchronized void close() throws SQLException {
    connection.close();
  }
}
