package dev.memoryconsole.journal;

import dev.memoryconsole.journal.lives.ProcessIdentity;
import dev.memoryconsole.journal.lives.RunClaims;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The statements that read. Used under the journal's reading lock. */
final class JournalReader implements AutoCloseable {
  private static final String ENTRY_COLUMNS =
      "e.run, e.position, e.id, e.title, e.state, e.reason, e.attempt,"
          + " coalesce(e.finished_at - e.started_at, 0), t.before, t.written, e.finished_at,"
          + " e.reapplied";
  private static final String WITH_RESULTS =
      " LEFT JOIN results t ON t.entry = (e.run << 32) | e.position";

  // A run that is only planned is none yet.
  private static final String NOT_PLANNED = " state <> 'PLANNING'";

  private final Connection connection;
  private final RunClaims claims;

  /** With whom to ask which runs are at work. */
  JournalReader(Connection connection, RunClaims claims) {
    this.connection = connection;
    this.claims = claims;
  }

  List<RunRecord> runs(String store, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM runs WHERE store = ? AND" + NOT_PLANNED + " ORDER BY id DESC LIMIT ?")) {
      select.setString(1, store);
      select.setInt(2, limit);
      return records(select);
    }
  }

  List<RunRecord> stopped(String store) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM runs WHERE store = ? AND state <> 'COMPLETED' AND"
                + NOT_PLANNED
                + " ORDER BY id DESC")) {
      select.setString(1, store);
      return records(select).stream()
          .filter(run -> run.state() == RunState.INTERRUPTED || run.state() == RunState.CANCELLED)
          .toList();
    }
  }

  Optional<RunRecord> run(String store, long run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM runs WHERE store = ? AND id = ? AND" + NOT_PLANNED)) {
      select.setString(1, store);
      select.setLong(2, run);
      return records(select).stream().findFirst();
    }
  }

  private List<RunRecord> records(PreparedStatement select) throws SQLException {
    List<RunRecord> runs = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        long of = row.getLong("of_run");
        Long ofRun = row.wasNull() ? null : Long.valueOf(of);
        long run = row.getLong("id");
        ProcessIdentity owner =
            new ProcessIdentity(
                row.getLong("owner_pid"), row.getLong("owner_start"), row.getString("owner"));
        Verification verification = Verification.valueOf(row.getString("verification"));
        RunState state = RunState.valueOf(row.getString("state"));
        long finished = row.getLong("finished_at");
        String snapshot = row.getString("snapshot");
        if (!state.isOver() && !claims.isAtWork(run, owner)) {
          state = RunTaking.endOf(isUnfinished(run), verification);
          finished = lastOutcome(run);
        }
        runs.add(
            new RunRecord(
                run,
                row.getString("store"),
                RunKind.valueOf(row.getString("kind")),
                ofRun,
                row.getString("enricher"),
                row.getInt("batch_size"),
                Set.copyOf(JournalJson.strings(row.getString("scopes"))),
                row.getInt("selected"),
                state,
                row.getLong("started_at"),
                finished == 0 ? null : Long.valueOf(finished),
                row.getLong("elapsed_ms"),
                counts(run),
                JournalJson.lock(row.getString("lock")),
                JournalJson.usage(row.getString("usage")),
                verification,
                WrittenEntries.reapplied(connection, run),
                owner.asOwner(),
                snapshot == null
                    ? null
                    : new RunRecord.Restore(snapshot, row.getString("safety"))));
      }
    }
    return runs;
  }

  /** The runs of a store that their process left without an end, and what that end is. */
  List<RunTaking.Dead> dead(String store) throws SQLException {
    List<RunTaking.Dead> dead = new ArrayList<>();
    for (RunClaims.Open open : RunClaims.open(connection, store)) {
      if (!open.isPlanned() && !claims.isAtWork(open.run(), open.owner())) {
        dead.add(
            new RunTaking.Dead(
                open.run(),
                open.epoch(),
                RunTaking.endOf(isUnfinished(open.run()), verification(open.run())),
                lastOutcome(open.run())));
      }
    }
    return dead;
  }

  /** Whether there is something left of a run whose process is gone; of a restore nobody knows. */
  private boolean isUnfinished(long run) throws SQLException {
    return number(
            "SELECT EXISTS (SELECT 1 FROM entries WHERE run = ?1 AND state IN"
                + " ('QUEUED', 'ENRICHING', 'ENRICHED', 'COMMITTING', 'CANCELLED'))"
                + " OR EXISTS (SELECT 1 FROM runs WHERE id = ?1 AND kind = 'RESTORE')",
            run)
        > 0;
  }

  /** Milliseconds since 1970; 0 if there is none. */
  private long lastOutcome(long run) throws SQLException {
    return number("SELECT coalesce(max(finished_at), 0) FROM entries WHERE run = ?", run);
  }

  /** How many entries a run has. */
  int selected(long run) throws SQLException {
    return (int) number("SELECT selected FROM runs WHERE id = ?", run);
  }

  private Verification verification(long run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT verification FROM runs WHERE id = ?")) {
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Verification.valueOf(row.getString(1)) : Verification.NONE;
      }
    }
  }

  private long number(String sql, long run) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        return row.getLong(1);
      }
    }
  }

  private Map<EntryState, Integer> counts(long run) throws SQLException {
    Map<EntryState, Integer> counts = new EnumMap<>(EntryState.class);
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT state, count(*) FROM entries WHERE run = ? GROUP BY state")) {
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          EntryState state = EntryState.valueOf(row.getString(1));
          if (state.isOutcome()) {
            counts.put(state, row.getInt(2));
          }
        }
      }
    }
    return counts;
  }

  List<EntryRecord> entries(long run, Set<EntryState> states, int offset, int limit)
      throws SQLException {
    String sql =
        "SELECT "
            + ENTRY_COLUMNS
            + " FROM entries e"
            + WITH_RESULTS
            + " WHERE e.run = ?1"
            + " AND (?2 OR e.state IN (SELECT value FROM json_each(?3)))"
            + " ORDER BY e.position LIMIT ?4 OFFSET ?5";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, run);
      select.setBoolean(2, states.isEmpty());
      select.setString(3, JournalJson.strings(states.stream().map(EntryState::name).toList()));
      select.setInt(4, limit);
      select.setInt(5, offset);
      return entries(select);
    }
  }

  List<EntryRecord> entriesFinished(long run, long from, long to) throws SQLException {
    String sql =
        "SELECT "
            + ENTRY_COLUMNS
            + " FROM entries e"
            + WITH_RESULTS
            + " WHERE e.run = ? AND e.finished_at >= ? AND e.finished_at < ?"
            + " ORDER BY e.position";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, run);
      select.setLong(2, from);
      select.setLong(3, to);
      return entries(select);
    }
  }

  List<EntryRecord> history(String store, String id) throws SQLException {
    String sql =
        "SELECT "
            + ENTRY_COLUMNS
            + " FROM entries e JOIN runs r ON r.id = e.run"
            + WITH_RESULTS
            + " WHERE e.id = ? AND e.waiting IS NULL AND r.store = ? ORDER BY e.run DESC";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, id);
      select.setString(2, store);
      return entries(select);
    }
  }

  private static List<EntryRecord> entries(PreparedStatement select) throws SQLException {
    List<EntryRecord> entries = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        long finished = row.getLong(11);
        Long finishedAt = row.wasNull() ? null : Long.valueOf(finished);
        entries.add(
            new EntryRecord(
                row.getLong(1),
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                EntryState.valueOf(row.getString(5)),
                row.getString(6),
                row.getInt(7),
                row.getLong(8),
                row.getString(9),
                row.getString(10),
                row.getInt(12),
                finishedAt));
      }
    }
    return entries;
  }

  Set<String> failedIds(String store) throws SQLException {
    // The last outcome of each id: SQLite takes the bare columns from the row of the maximum.
    String sql =
        """
        SELECT id FROM (
          SELECT e.id AS id, e.state AS state, max(e.run) FROM entries e JOIN runs r ON r.id = e.run
          WHERE r.store = ? AND e.state NOT IN ('QUEUED', 'ENRICHING', 'ENRICHED', 'COMMITTING', 'CANCELLED')
          GROUP BY e.id)
        WHERE state IN ('FAILED', 'STALE')\
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, store);
      return new HashSet<>(ids(select));
    }
  }

  List<String> retryableIds(long run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id FROM entries WHERE run = ? AND state IN ('FALLBACK', 'FAILED', 'STALE')"
                + " ORDER BY position")) {
      select.setLong(1, run);
      return ids(select);
    }
  }

  /** The ids of a run's entries that it wrote, or that were about to be written when it stopped. */
  List<String> writtenIds(long run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id FROM entries WHERE run = ?"
                + " AND state IN ('UPGRADED', 'FALLBACK', 'UNDONE', 'COMMITTING')"
                + " ORDER BY position")) {
      select.setLong(1, run);
      return ids(select);
    }
  }

  List<EntryProgress> left(long run) throws SQLException {
    String sql =
        "SELECT "
            + WrittenEntries.PROGRESS
            + ", e.upgraded_at FROM entries e WHERE e.run = ?"
            + " AND e.state IN ('QUEUED', 'ENRICHED', 'COMMITTING') ORDER BY e.position";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, run);
      return WrittenEntries.progress(select, false);
    }
  }

  List<EntryProgress> kept(long run, Collection<String> ids) throws SQLException {
    String sql =
        "SELECT "
            + WrittenEntries.PROGRESS
            + ", e.upgraded_at, t.enrichment, t.before, t.written"
            + " FROM json_each(?2) wanted CROSS JOIN entries e"
            + " ON e.id = wanted.value AND e.waiting IS NULL AND e.run = ?1"
            + WITH_RESULTS;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, run);
      select.setString(2, JournalJson.strings(ids));
      return WrittenEntries.progress(select, true);
    }
  }

  long lastMarker(String store) throws SQLException {
    return WrittenEntries.lastMarker(connection, store);
  }

  /** As {@link WrittenEntries}. */
  List<EntryProgress> written(String store, long run, int afterPosition, int limit)
      throws SQLException {
    return WrittenEntries.of(connection, store, run, afterPosition, limit);
  }

  /** As {@link WrittenEntries}. */
  List<EntryProgress> undone(String store, long run, int afterPosition, int limit)
      throws SQLException {
    return WrittenEntries.undone(connection, store, run, afterPosition, limit);
  }

  private static List<String> ids(PreparedStatement select) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        ids.add(row.getString(1));
      }
    }
    return ids;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
