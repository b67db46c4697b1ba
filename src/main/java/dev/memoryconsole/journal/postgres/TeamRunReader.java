package dev.memoryconsole.journal.postgres;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.journal.common.JournalJson;
import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.journal.team.TeamRun;
import dev.memoryconsole.journal.team.TeamRuns;
import dev.memoryconsole.journal.team.TeamTerms;
import dev.memoryconsole.journal.team.TeamWorker;
import dev.memoryconsole.lock.figures.LockSummary;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements that read shared runs of one store. */
final class TeamRunReader {
  private static final String OF_STORE = "SELECT * FROM memory_console.runs WHERE store = ?";

  private final TeamDatabase database;
  private final TeamParts parts;
  private final String storeKey;

  /**
   * Reads the runs of the database's store.
   *
   * @param storeKey the store's name in what is read
   */
  TeamRunReader(TeamDatabase database, TeamParts parts, String storeKey) {
    this.database = database;
    this.parts = parts;
    this.storeKey = storeKey;
  }

  /** A row of the runs, before the others are asked what has become of it. */
  private record Row(
      long id,
      RunKind kind,
      @Nullable Long ofRun,
      String enricher,
      int batchSize,
      Set<String> scopes,
      int selected,
      RunState wish,
      TeamTerms terms,
      long startedAt,
      @Nullable Long finishedAt,
      @Nullable String counts) {}

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("id"),
        RunKind.valueOf(row.getString("kind")),
        Statements.longOrNull(row, "of_run"),
        row.getString("enricher"),
        row.getInt("batch_size"),
        Set.copyOf(JournalJson.strings(row.getString("scopes"))),
        row.getInt("selected"),
        RunState.valueOf(row.getString("wish")),
        new TeamTerms(
            row.getBigDecimal("budget"),
            row.getInt("requests_per_minute"),
            row.getInt("tokens_per_minute")),
        row.getLong("started_at"),
        Statements.longOrNull(row, "finished_at"),
        row.getString("counts"));
  }

  List<RunRecord> latest(Statements statements, int limit) throws SQLException {
    List<RunRecord> records = new ArrayList<>();
    for (Row row : rows(statements, OF_STORE + " ORDER BY id DESC LIMIT ?", limit)) {
      records.add(run(statements, row, false).record());
    }
    return records;
  }

  List<TeamRun> find(Statements statements, long run) throws SQLException {
    return runs(statements, OF_STORE + " AND id = ?", run);
  }

  /** Those that have entries left and are neither paused nor cancelled, the oldest first. */
  List<TeamRun> open(Statements statements) throws SQLException {
    return runs(
        statements,
        OF_STORE
            + " AND wish = ? AND finished_at IS NULL AND EXISTS (SELECT 1 FROM"
            + " memory_console.entries e WHERE e.run = runs.id AND e.finished_at IS NULL)"
            + " ORDER BY id",
        RunState.RUNNING.name());
  }

  List<TeamRuns.Standing> standing(Statements statements, long run) throws SQLException {
    return statements.list(
        "SELECT r.wish, EXISTS (SELECT 1 FROM memory_console.entries e WHERE e.run = r.id"
            + " AND e.finished_at IS NULL AND e.worker IS NULL)"
            + " OR EXISTS (SELECT 1 FROM memory_console.workers w WHERE w.run = r.id"
            + " AND w.ended_at IS NULL AND w.lease_until < now()) AS free,"
            + " EXISTS (SELECT 1 FROM memory_console.entries e WHERE e.run = r.id"
            + " AND e.finished_at IS NULL AND e.worker IS NULL)"
            + " OR EXISTS (SELECT 1 FROM memory_console.entries e"
            + " JOIN memory_console.workers w ON w.id = e.worker"
            + " WHERE w.run = r.id AND e.finished_at IS NULL) AS open"
            + " FROM memory_console.runs r WHERE r.id = ? AND r.store = ?",
        row ->
            new TeamRuns.Standing(
                RunState.valueOf(row.getString(1)), row.getBoolean(2), row.getBoolean(3)),
        run,
        database.store());
  }

  private List<TeamRun> runs(Statements statements, String sql, Object value) throws SQLException {
    List<TeamRun> runs = new ArrayList<>();
    for (Row row : rows(statements, sql, value)) {
      runs.add(run(statements, row, true));
    }
    return runs;
  }

  private List<Row> rows(Statements statements, String sql, Object value) throws SQLException {
    return statements.list(sql, TeamRunReader::row, database.store(), value);
  }

  /** A worker as it is kept. */
  private record Worker(
      long id,
      String name,
      long pid,
      long since,
      boolean isAtWork,
      long elapsedMillis,
      LockSummary lock,
      ModelUsage usage,
      Map<EntryState, Integer> counts) {
    private int finished() {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  private static List<Worker> workers(Statements statements, long run) throws SQLException {
    return statements.list(
        "SELECT *, ended_at IS NULL AND lease_until > now() AS at_work"
            + " FROM memory_console.workers WHERE run = ? ORDER BY id",
        row ->
            new Worker(
                row.getLong("id"),
                row.getString("name"),
                row.getLong("pid"),
                row.getLong("since"),
                row.getBoolean("at_work"),
                row.getLong("elapsed_ms"),
                JournalJson.lock(row.getString("lock")),
                JournalJson.usage(row.getString("usage")),
                TeamCounts.read(row.getString("counts"))),
        run);
  }

  private TeamRun run(Statements statements, Row row, boolean whole) throws SQLException {
    List<Worker> workers = workers(statements, row.id());
    boolean isAtWork = workers.stream().anyMatch(Worker::isAtWork);
    Map<EntryState, Integer> counts =
        row.counts() != null
            ? TeamCounts.read(row.counts())
            // Of a million entries that takes seconds, and whoever looks looks again and again.
            : isAtWork ? told(workers) : TeamCounts.exact(statements, row.id());
    int done = counts.values().stream().mapToInt(Integer::intValue).sum();
    RunRecord record =
        new RunRecord(
            row.id(),
            storeKey,
            row.kind(),
            row.ofRun(),
            row.enricher(),
            row.batchSize(),
            row.scopes(),
            row.selected(),
            state(row, done - counts.getOrDefault(EntryState.CANCELLED, 0), isAtWork),
            row.startedAt(),
            row.finishedAt() == null && !isAtWork
                ? lastOutcome(statements, row.id())
                : row.finishedAt(),
            workers.stream().mapToLong(Worker::elapsedMillis).max().orElse(0),
            counts,
            workers.stream().map(Worker::lock).reduce(LockSummary.NONE, TeamRunReader::both),
            workers.stream().map(Worker::usage).reduce(ModelUsage.NONE, ModelUsage::plus),
            Verification.NONE,
            (int)
                statements.number(
                    "SELECT coalesce(sum(reapplied), 0) FROM memory_console.entries"
                        + " WHERE run = ? AND reapplied > 0",
                    row.id()),
            new RunRecord.Owner(
                workers.stream()
                    .filter(worker -> worker.isAtWork() || !isAtWork)
                    .mapToLong(Worker::pid)
                    .findFirst()
                    .orElse(0),
                parts.isOwn(row.id())),
            null);
    return new TeamRun(record, row.terms(), whole ? told(statements, workers) : List.of());
  }

  private static RunState state(Row row, int done, boolean isAtWork) {
    if (done == row.selected()) {
      return RunState.COMPLETED;
    }
    return row.wish() == RunState.RUNNING && !isAtWork ? RunState.INTERRUPTED : row.wish();
  }

  /** Of distributions only these figures are kept: the worse of both counts. */
  private static LockSummary both(LockSummary one, LockSummary other) {
    return new LockSummary(
        one.acquisitions() + other.acquisitions(),
        worse(one.waits(), other.waits()),
        worse(one.holds(), other.holds()));
  }

  private static LockSummary.Quantiles worse(
      LockSummary.Quantiles one, LockSummary.Quantiles other) {
    return new LockSummary.Quantiles(
        Math.max(one.p50(), other.p50()),
        Math.max(one.p99(), other.p99()),
        Math.max(one.max(), other.max()));
  }

  /** What workers have told of outcomes, the last seconds not among it. */
  private static Map<EntryState, Integer> told(List<Worker> workers) {
    Map<EntryState, Integer> sum = new EnumMap<>(EntryState.class);
    for (Worker worker : workers) {
      worker.counts().forEach((state, count) -> sum.merge(state, count, Integer::sum));
    }
    return sum;
  }

  private static List<TeamWorker> told(Statements statements, List<Worker> workers)
      throws SQLException {
    List<TeamWorker> told = new ArrayList<>();
    for (Worker worker : workers) {
      told.add(
          new TeamWorker(
              worker.id(),
              worker.name(),
              worker.pid(),
              worker.since(),
              worker.isAtWork(),
              (int)
                  statements.number(
                      "SELECT count(*) FROM memory_console.entries"
                          + " WHERE worker = ? AND finished_at IS NULL",
                      worker.id()),
              worker.finished(),
              worker.usage()));
    }
    return told;
  }

  private static @Nullable Long lastOutcome(Statements statements, long run) throws SQLException {
    long last =
        statements.number(
            "SELECT coalesce(max(finished_at), 0) FROM memory_console.entries WHERE run = ?", run);
    return last == 0 ? null : Long.valueOf(last);
  }

  /** The greatest marker that a run of the store has announced; 0 if there is none. */
  long lastMarker(Statements statements) throws SQLException {
    return statements.number(
        "SELECT coalesce(max(last_marker), 0) FROM memory_console.runs WHERE store = ?",
        database.store());
  }
}
