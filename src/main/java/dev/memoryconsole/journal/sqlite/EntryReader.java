package dev.memoryconsole.journal.sqlite;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.common.EntryRows;
import dev.memoryconsole.journal.common.JournalJson;
import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.memory.RowImage;
import dev.memoryconsole.memory.ids.IdList;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements that read entries. Used under the journal's reading lock. */
final class EntryReader {
  private static final String RESULTS =
      "t.enrichment, t.before, t.written, t.columns_before, t.columns_written, t.row_before,"
          + " t.row_written, e.plan";

  private static final String WITH_RESULTS =
      " LEFT JOIN results t ON t.entry = (e.run << 32) | e.position";

  private static final String RECORD =
      "SELECT e.run, e.position, e.id, e.title, e.state, e.reason, e.attempt,"
          + " coalesce(e.finished_at - e.started_at, 0) AS millis, t.before, t.written,"
          + " t.columns_before, t.columns_written, t.seen,"
          + " e.reapplied, e.finished_at FROM entries e";

  // The same without what is large.
  private static final String TOLD =
      "SELECT e.run, e.position, e.id, e.title, e.state, e.reason, e.attempt,"
          + " coalesce(e.finished_at - e.started_at, 0) AS millis, NULL AS before, NULL AS written,"
          + " NULL AS columns_before, NULL AS columns_written, NULL AS seen,"
          + " e.reapplied, e.finished_at";

  private static final String PROGRESS =
      "SELECT e.position, e.id, coalesce(e.title, '') AS title, e.state, e.attempt,"
          + " coalesce(e.started_at, 0) AS started_at, e.text_hash, ";

  // What a later run wrote, an undo too, is no longer this run's to look after, nor what a restore
  // took the place of, or may have: one that was killed does not say whether it took effect.
  private static final String STILL_ITS_OWN =
      """
       > (SELECT coalesce(max(unwatched), 0) FROM runs
          WHERE store = ?3 AND kind = 'RESTORE' AND safety IS NOT NULL)
        AND NOT EXISTS (
          SELECT 1 FROM entries later JOIN runs r ON r.id = later.run
          WHERE later.id = e.id AND later.waiting IS NULL AND later.run > e.run AND r.store = ?3
            AND later.state IN ('UPGRADED', 'FALLBACK', 'MENDED', 'DELETED', 'UNDONE',
              'COMMITTING'))
      ORDER BY e.position LIMIT ?4\
      """;

  // What a mend wrote is compared field by field, the rest is told by its marker alone.
  private static final String WRITTEN =
      PROGRESS
          + """
          e.upgraded_at, NULL AS enrichment, t.before, t.written, t.columns_before,
            t.columns_written, NULL AS row_before, NULL AS row_written, e.plan
          FROM entries e LEFT JOIN results t
            ON t.entry = (e.run << 32) | e.position AND e.state = 'MENDED'
          WHERE e.run = ?1 AND e.position > ?2 AND e.state IN ('UPGRADED', 'FALLBACK', 'MENDED', 'DELETED')
            AND e.text_hash IS NOT NULL AND e.erased_at IS NULL
            AND e.upgraded_at > (SELECT unwatched FROM runs WHERE id = e.run)
            AND e.upgraded_at\
          """
          + STILL_ITS_OWN;

  // The marker of the write that was taken back: only an older copy brings it back.
  private static final String UNDONE =
      PROGRESS
          + """
          w.upgraded_at FROM entries e JOIN runs u ON u.id = e.run
            JOIN entries w INDEXED BY entries_by_id
              ON w.run = u.of_run AND w.id = e.id AND w.waiting IS NULL
          WHERE e.run = ?1 AND e.position > ?2 AND e.state = 'UNDONE' AND e.erased_at IS NULL
            AND w.upgraded_at > u.unwatched
            AND w.upgraded_at\
          """
          + STILL_ITS_OWN;

  // What became of an entry last in the runs after this one; null if none of them did anything.
  private static final String LAST_OF_LATER_RUNS =
      """
      (SELECT later.state FROM entries later JOIN runs r ON r.id = later.run
       WHERE later.id = e.id AND later.waiting IS NULL AND later.run > e.run AND r.store = ?2
         AND later.state IN ('UPGRADED', 'FALLBACK', 'UNDONE', 'FAILED', 'STALE')
         AND r.kind <> 'MEND'
         AND NOT EXISTS (SELECT 1 FROM runs m WHERE m.id = r.of_run AND m.kind = 'MEND')
       ORDER BY later.run DESC LIMIT 1)\
      """;

  // As RunTaking.REOPEN makes of them.
  private static final String LEFT_OVER =
      """
      SELECT e.position, e.id, coalesce(e.title, '') AS title, e.attempt,
        coalesce(e.started_at, 0) AS started_at, e.text_hash, e.upgraded_at,
        CASE
          WHEN e.state IN ('QUEUED', 'ENRICHED', 'COMMITTING') THEN e.state
          WHEN e.state = 'CANCELLED' AND EXISTS (SELECT 1 FROM results
            WHERE entry = (e.run << 32) | e.position AND enrichment IS NOT NULL) THEN 'ENRICHED'
          ELSE 'QUEUED' END AS state
      FROM entries e WHERE e.run = ?1
        AND e.state IN ('QUEUED', 'ENRICHING', 'ENRICHED', 'COMMITTING', 'CANCELLED')\
      """;

  private final Statements statements;

  EntryReader(Statements statements) {
    this.statements = statements;
  }

  List<EntryRecord> list(long run, Set<EntryState> states, int offset, int limit)
      throws SQLException {
    return statements.list(
        RECORD
            + WITH_RESULTS
            + " WHERE e.run = ?1 AND (?2 OR e.state IN (SELECT value FROM json_each(?3)))"
            + " ORDER BY e.position LIMIT ?4 OFFSET ?5",
        EntryRows::record,
        run,
        states.isEmpty(),
        names(states),
        limit,
        offset);
  }

  List<EntryRecord> finished(long run, long from, long to) throws SQLException {
    return statements.list(
        RECORD
            + WITH_RESULTS
            + " WHERE e.run = ? AND e.finished_at >= ? AND e.finished_at < ?"
            + " ORDER BY e.position",
        EntryRows::record,
        run,
        from,
        to);
  }

  List<EntryRecord> at(long run, List<Integer> positions) throws SQLException {
    return statements.list(
        TOLD
            + " FROM json_each(?2) wanted CROSS JOIN entries e"
            + " ON e.run = ?1 AND e.position = wanted.value ORDER BY wanted.key",
        EntryRows::record,
        run,
        positions.toString());
  }

  List<EntryRecord> history(String store, String id) throws SQLException {
    return statements.list(
        RECORD
            + " JOIN runs r ON r.id = e.run"
            + WITH_RESULTS
            + " WHERE e.id = ? AND e.waiting IS NULL AND r.store = ? ORDER BY e.run DESC",
        EntryRows::record,
        id,
        store);
  }

  int count(long run, Set<EntryState> states) throws SQLException {
    return (int)
        statements.number(
            "SELECT count(*) FROM entries WHERE run = ?"
                + " AND state IN (SELECT value FROM json_each(?))",
            run,
            names(states));
  }

  private static String names(Set<EntryState> states) {
    return JournalJson.strings(states.stream().map(EntryState::name).toList());
  }

  List<EntryProgress> left(long run, int afterPosition, int limit) throws SQLException {
    return statements.list(
        PROGRESS
            + "e.upgraded_at FROM entries e WHERE e.run = ? AND e.position > ?"
            + " AND e.state IN ('QUEUED', 'ENRICHED', 'COMMITTING') ORDER BY e.position LIMIT ?",
        EntryReader::progress,
        run,
        afterPosition,
        limit);
  }

  List<EntryProgress> planned(long run, int from, int to) throws SQLException {
    return statements.list(
        PROGRESS
            + "e.upgraded_at, "
            + RESULTS
            + " FROM entries e"
            + WITH_RESULTS
            + " WHERE e.run = ? AND e.position >= ? AND e.position <= ? ORDER BY e.position",
        EntryReader::withResults,
        run,
        from,
        to);
  }

  List<EntryProgress> kept(long run, Collection<String> ids) throws SQLException {
    // By itself it would look through all entries of the run for each id.
    return statements.list(
        PROGRESS
            + "e.upgraded_at, "
            + RESULTS
            + " FROM json_each(?2) wanted CROSS JOIN entries e INDEXED BY entries_by_id"
            + " ON e.id = wanted.value AND e.waiting IS NULL AND e.run = ?1"
            + WITH_RESULTS,
        EntryReader::withResults,
        run,
        JournalJson.strings(ids));
  }

  List<EntryProgress> written(String store, long run, int afterPosition, int limit)
      throws SQLException {
    return statements.list(WRITTEN, EntryReader::withResults, run, afterPosition, store, limit);
  }

  List<EntryProgress> undone(String store, long run, int afterPosition, int limit)
      throws SQLException {
    return statements.list(UNDONE, EntryReader::progress, run, afterPosition, store, limit);
  }

  private static @Nullable RowImage image(ResultSet row, String name) throws SQLException {
    byte[] bytes = row.getBytes(name);
    return bytes == null ? null : RowImage.of(bytes);
  }

  private static EntryProgress withResults(ResultSet row) throws SQLException {
    return EntryRows.progress(
        row,
        row.getString("enrichment"),
        new EntryChange.Image(
            null,
            row.getString("before"),
            row.getString("written"),
            EntryRows.columns(row, "columns_before"),
            EntryRows.columns(row, "columns_written"),
            image(row, "row_before"),
            image(row, "row_written")),
        row.getString("plan"));
  }

  private static EntryProgress progress(ResultSet row) throws SQLException {
    return EntryRows.progress(row, null, EntryChange.Image.NONE, null);
  }

  List<String> failedIds(String store) throws SQLException {
    // The last outcome of each id: SQLite takes the bare columns from the row of the maximum.
    String sql =
        """
        SELECT id FROM (
          SELECT e.id AS id, e.state AS state, max(e.run) FROM entries e JOIN runs r ON r.id = e.run
          WHERE r.store = ? AND r.kind <> 'MEND' AND e.state NOT IN ('QUEUED', 'ENRICHING', 'ENRICHED', 'COMMITTING', 'CANCELLED')
          GROUP BY e.id)
        WHERE state IN ('FAILED', 'STALE')\
        """;
    return ids(sql, store);
  }

  List<String> retryableIds(String store, long run) throws SQLException {
    return ids(
        "SELECT e.id FROM entries e WHERE e.run = ?1 AND e.state IN ('FALLBACK', 'FAILED', 'STALE')"
            + " AND coalesce("
            + LAST_OF_LATER_RUNS
            + ", e.state) IN ('FALLBACK', 'FAILED', 'STALE') ORDER BY e.position",
        run,
        store);
  }

  List<EntryProgress> leftOver(String store, long run, int afterPosition, int limit)
      throws SQLException {
    return statements.list(
        LEFT_OVER
            + " AND e.position > ?3 AND coalesce("
            + LAST_OF_LATER_RUNS
            + ", e.state) NOT IN ('UPGRADED', 'FALLBACK') ORDER BY e.position LIMIT ?4",
        EntryReader::progress,
        run,
        store,
        afterPosition,
        limit);
  }

  List<String> writtenIds(long run) throws SQLException {
    return ids(
        "SELECT id FROM entries WHERE run = ? AND erased_at IS NULL"
            + " AND state IN ('UPGRADED', 'FALLBACK', 'MENDED', 'DELETED', 'UNDONE', 'COMMITTING')"
            + " ORDER BY position",
        run);
  }

  private List<String> ids(String sql, Object... values) throws SQLException {
    IdList.Builder ids = new IdList.Builder();
    statements.each(sql, row -> ids.add(row.getString(1)), values);
    return ids.build();
  }
}
