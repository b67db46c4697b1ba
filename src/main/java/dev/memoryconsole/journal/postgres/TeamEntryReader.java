package dev.memoryconsole.journal.postgres;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.common.EntryRows;
import dev.memoryconsole.journal.database.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The statements that read entries of shared runs, of one store. Stateless. */
final class TeamEntryReader {
  private static final String FROM = " FROM memory_console.entries e";
  private static final String OF_STORE =
      " JOIN memory_console.runs r ON r.id = e.run AND r.store = ?";

  // What somebody has is about to be enriched; what nobody has waits.
  private static final String AS_SEEN =
      "CASE WHEN e.state = 'QUEUED' AND e.worker IN (SELECT w.id FROM memory_console.workers w"
          + " WHERE w.run = e.run AND w.ended_at IS NULL) THEN 'ENRICHING' ELSE e.state END";

  private static final String RECORD =
      "SELECT e.run, e.position, e.id, e.title, "
          + AS_SEEN
          + " AS state, e.reason, e.attempt,"
          + " coalesce(e.finished_at - e.started_at, 0) AS millis, e.reapplied, e.finished_at, ";

  private static final String IMAGES =
      "e.seen, e.before, e.written, e.columns_before, e.columns_written";

  private static final String NO_IMAGES =
      "CAST(NULL AS text) AS seen, CAST(NULL AS text) AS before, CAST(NULL AS text) AS written,"
          + " CAST(NULL AS text) AS columns_before, CAST(NULL AS text) AS columns_written";

  /** What those who work on an entry need to know of it, without what is large. */
  static final String PROGRESS =
      "e.position, e.id, e.title, e.state, e.attempt, coalesce(e.started_at, 0) AS started_at,"
          + " e.text_hash, e.upgraded_at";

  private static final String SELECT = "SELECT " + PROGRESS + FROM;
  private static final String SELECT_WHOLE =
      "SELECT " + PROGRESS + ", e.enrichment, " + IMAGES + FROM;

  // What a later run wrote, an undo too, is no longer this run's to look after.
  private static final String STILL_ITS_OWN =
      " AND NOT EXISTS (SELECT 1 FROM memory_console.entries later"
          + " JOIN memory_console.runs l ON l.id = later.run"
          + " WHERE later.id = e.id AND later.run > e.run AND l.store = ? AND later.state IN"
          + " ('UPGRADED', 'FALLBACK', 'UNDONE', 'COMMITTING'))"
          + " ORDER BY e.position LIMIT ?";

  // What became of an entry last in the runs after this one; null if none of them did anything.
  private static final String LAST_OF_LATER_RUNS =
      "(SELECT later.state FROM memory_console.entries later"
          + " JOIN memory_console.runs l ON l.id = later.run"
          + " WHERE later.id = e.id AND later.run > e.run AND l.store = ? AND later.state IN"
          + " ('UPGRADED', 'FALLBACK', 'UNDONE', 'FAILED', 'STALE')"
          + " ORDER BY later.run DESC LIMIT 1)";

  private TeamEntryReader() {}

  private static String[] names(Set<EntryState> states) {
    return states.stream().map(EntryState::name).toArray(String[]::new);
  }

  static List<EntryRecord> list(
      Connection connection, long run, Set<EntryState> states, int offset, int limit)
      throws SQLException {
    return new Statements(connection)
        .list(
            RECORD
                + IMAGES
                + FROM
                + " WHERE e.run = ? AND (? OR e.state = ANY (?))"
                + " ORDER BY e.position LIMIT ? OFFSET ?",
            EntryRows::record,
            run,
            states.isEmpty(),
            connection.createArrayOf("text", names(states)),
            limit,
            offset);
  }

  static List<EntryRecord> finished(Statements statements, long run, long from, long to)
      throws SQLException {
    return statements.list(
        RECORD
            + IMAGES
            + FROM
            + " WHERE e.run = ? AND e.finished_at >= ? AND e.finished_at < ? ORDER BY e.position",
        EntryRows::record,
        run,
        from,
        to);
  }

  static List<EntryRecord> at(Connection connection, long run, List<Integer> positions)
      throws SQLException {
    Map<Integer, EntryRecord> found = new HashMap<>();
    new Statements(connection)
        .each(
            RECORD + NO_IMAGES + FROM + " WHERE e.run = ? AND e.position = ANY (?)",
            row -> found.put(row.getInt("position"), EntryRows.record(row)),
            run,
            connection.createArrayOf("int4", positions.toArray()));
    return positions.stream().filter(found::containsKey).map(found::get).toList();
  }

  static List<EntryRecord> history(Statements statements, String store, String id)
      throws SQLException {
    return statements.list(
        RECORD + IMAGES + FROM + OF_STORE + " WHERE e.id = ? ORDER BY e.run DESC",
        EntryRows::record,
        store,
        id);
  }

  static int count(Connection connection, long run, Set<EntryState> states) throws SQLException {
    return (int)
        new Statements(connection)
            .number(
                "SELECT count(*)" + FROM + " WHERE e.run = ? AND e.state = ANY (?)",
                run,
                connection.createArrayOf("text", names(states)));
  }

  /** Entries without an outcome that this worker has, in the run's order. */
  static List<EntryProgress> left(
      Statements statements, long run, long worker, int afterPosition, int limit)
      throws SQLException {
    return statements.list(
        SELECT
            + " WHERE e.run = ? AND e.worker = ? AND e.finished_at IS NULL AND e.position > ?"
            + " ORDER BY e.position LIMIT ?",
        row -> progress(row, false),
        run,
        worker,
        afterPosition,
        limit);
  }

  static List<EntryProgress> kept(Connection connection, long run, Collection<String> ids)
      throws SQLException {
    return new Statements(connection)
        .list(
            SELECT_WHOLE + " WHERE e.run = ? AND e.id = ANY (?)",
            row -> progress(row, true),
            run,
            connection.createArrayOf("text", ids.toArray()));
  }

  static List<EntryProgress> planned(Statements statements, long run, int from, int to)
      throws SQLException {
    return statements.list(
        SELECT_WHOLE
            + " WHERE e.run = ? AND e.position >= ? AND e.position <= ? ORDER BY e.position",
        row -> progress(row, true),
        run,
        from,
        to);
  }

  static List<EntryProgress> written(
      Statements statements, String store, long run, int afterPosition, int limit)
      throws SQLException {
    return statements.list(
        SELECT
            + " WHERE e.run = ? AND e.position > ? AND e.state IN ('UPGRADED', 'FALLBACK')"
            + " AND e.text_hash IS NOT NULL"
            + STILL_ITS_OWN,
        row -> progress(row, false),
        run,
        afterPosition,
        store,
        limit);
  }

  /** With the marker of the write that was taken back: only an older copy brings it back. */
  static List<EntryProgress> undone(
      Statements statements, String store, long run, int afterPosition, int limit)
      throws SQLException {
    return statements.list(
        "SELECT "
            + PROGRESS.replace("e.upgraded_at", "w.upgraded_at")
            + FROM
            + " JOIN memory_console.runs u ON u.id = e.run"
            + " JOIN memory_console.entries w ON w.run = u.of_run AND w.id = e.id"
            + " WHERE e.run = ? AND e.position > ? AND e.state = 'UNDONE'"
            + STILL_ITS_OWN,
        row -> progress(row, false),
        run,
        afterPosition,
        store,
        limit);
  }

  static List<EntryProgress> leftOver(
      Statements statements, String store, long run, int afterPosition, int limit)
      throws SQLException {
    return statements.list(
        "SELECT "
            + PROGRESS.replace("e.state", TeamParts.AS_TAKEN + " AS state")
            + FROM
            + " WHERE e.run = ? AND e.position > ? AND e.state IN"
            + " ('QUEUED', 'ENRICHING', 'ENRICHED', 'COMMITTING', 'CANCELLED') AND coalesce("
            + LAST_OF_LATER_RUNS
            + ", e.state) NOT IN ('UPGRADED', 'FALLBACK') ORDER BY e.position LIMIT ?",
        row -> progress(row, false),
        run,
        afterPosition,
        store,
        limit);
  }

  static EntryProgress progress(ResultSet row, boolean whole) throws SQLException {
    EntryChange.Image image =
        whole
            ? new EntryChange.Image(
                row.getString("seen"),
                row.getString("before"),
                row.getString("written"),
                EntryRows.columns(row, "columns_before"),
                EntryRows.columns(row, "columns_written"),
                null,
                null)
            : EntryChange.Image.NONE;
    return EntryRows.progress(row, whole ? row.getString("enrichment") : null, image, null);
  }

  static List<String> failedIds(Statements statements, String store) throws SQLException {
    return ids(
        statements,
        "SELECT e.id"
            + FROM
            + OF_STORE
            + " WHERE e.state IN ('FAILED', 'STALE') AND NOT EXISTS ("
            + "SELECT 1 FROM memory_console.entries later"
            + " JOIN memory_console.runs l ON l.id = later.run"
            + " WHERE later.id = e.id AND later.run > e.run AND l.store = r.store AND later.state"
            + " NOT IN ('QUEUED', 'ENRICHING', 'ENRICHED', 'COMMITTING', 'CANCELLED'))",
        store);
  }

  static List<String> retryableIds(Statements statements, String store, long run)
      throws SQLException {
    return ids(
        statements,
        "SELECT e.id"
            + FROM
            + " WHERE e.run = ? AND e.state IN ('FALLBACK', 'FAILED', 'STALE') AND coalesce("
            + LAST_OF_LATER_RUNS
            + ", e.state) IN ('FALLBACK', 'FAILED', 'STALE') ORDER BY e.position",
        run,
        store);
  }

  static List<String> writtenIds(Statements statements, long run) throws SQLException {
    return ids(
        statements,
        "SELECT e.id"
            + FROM
            + " WHERE e.run = ? AND e.state IN ('UPGRADED', 'FALLBACK', 'UNDONE', 'COMMITTING')"
            + " ORDER BY e.position",
        run);
  }

  private static List<String> ids(Statements statements, String sql, Object... values)
      throws SQLException {
    return statements.list(sql, row -> row.getString(1), values);
  }
}
