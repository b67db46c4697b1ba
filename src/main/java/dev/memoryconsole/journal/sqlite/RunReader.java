package dev.memoryconsole.journal.sqlite;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.journal.common.JournalJson;
import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.journal.lives.ProcessIdentity;
import dev.memoryconsole.journal.lives.RunClaims;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The statements that read runs. Used under the journal's reading lock. */
final class RunReader {
  // A run that is only planned is none yet.
  private static final String OF_STORE =
      "SELECT * FROM runs WHERE store = ? AND state <> 'PLANNING'";

  private final Statements statements;
  private final RunClaims claims;

  /** Asks the claims which runs are at work. */
  RunReader(Statements statements, RunClaims claims) {
    this.statements = statements;
    this.claims = claims;
  }

  List<RunRecord> latest(String store, int limit) throws SQLException {
    return statements.list(OF_STORE + " ORDER BY id DESC LIMIT ?", this::record, store, limit);
  }

  List<RunRecord> stopped(String store) throws SQLException {
    return statements
        .list(OF_STORE + " AND state <> 'COMPLETED' ORDER BY id DESC", this::record, store)
        .stream()
        .filter(run -> run.state() == RunState.INTERRUPTED || run.state() == RunState.CANCELLED)
        .toList();
  }

  Optional<RunRecord> find(String store, long run) throws SQLException {
    return statements.list(OF_STORE + " AND id = ?", this::record, store, run).stream().findFirst();
  }

  private RunRecord record(ResultSet row) throws SQLException {
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
    return new RunRecord(
        run,
        row.getString("store"),
        RunKind.valueOf(row.getString("kind")),
        Statements.longOrNull(row, "of_run"),
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
        (int)
            statements.number("SELECT count(*) FROM entries WHERE run = ? AND reapplied > 0", run),
        owner.asOwner(),
        snapshot == null ? null : new RunRecord.Restore(snapshot, row.getString("safety")));
  }

  private Map<EntryState, Integer> counts(long run) throws SQLException {
    Map<EntryState, Integer> counts = new EnumMap<>(EntryState.class);
    for (Map.Entry<EntryState, Integer> one :
        statements.list(
            "SELECT state, count(*) FROM entries WHERE run = ? GROUP BY state",
            row -> Map.entry(EntryState.valueOf(row.getString(1)), row.getInt(2)),
            run)) {
      if (one.getKey().isOutcome()) {
        counts.put(one.getKey(), one.getValue());
      }
    }
    return counts;
  }

  /** The runs of a store that their process left without an end, and what that end is. */
  List<RunTaking.Dead> dead(String store) throws SQLException {
    List<RunTaking.Dead> dead = new ArrayList<>();
    for (RunClaims.Open open : RunClaims.open(statements, store)) {
      if (!open.isPlanned() && !claims.isAtWork(open.run(), open.owner())) {
        dead.add(
            new RunTaking.Dead(
                open.run(),
                open.epoch(),
                RunTaking.endOf(isUnfinished(open.run()), open.verification()),
                lastOutcome(open.run())));
      }
    }
    return dead;
  }

  /** Whether a run whose process is gone left something over; nobody knows that of a restore. */
  private boolean isUnfinished(long run) throws SQLException {
    return statements.number(
            "SELECT EXISTS (SELECT 1 FROM entries WHERE run = ?1 AND state IN"
                + " ('QUEUED', 'ENRICHING', 'ENRICHED', 'COMMITTING', 'CANCELLED'))"
                + " OR EXISTS (SELECT 1 FROM runs WHERE id = ?1 AND kind = 'RESTORE')",
            run)
        > 0;
  }

  /** Milliseconds since 1970; 0 if there is none. */
  private long lastOutcome(long run) throws SQLException {
    return statements.number(
        "SELECT coalesce(max(finished_at), 0) FROM entries WHERE run = ?", run);
  }

  /** How many entries a run has. */
  int selected(long run) throws SQLException {
    return (int) statements.number("SELECT selected FROM runs WHERE id = ?", run);
  }

  long lastMarker(String store) throws SQLException {
    return statements.number(
        "SELECT coalesce(max(last_marker), 0) FROM runs WHERE store = ?", store);
  }
}
