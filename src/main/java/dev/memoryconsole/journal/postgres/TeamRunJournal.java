package dev.memoryconsole.journal.postgres;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.RunJournal;
import dev.memoryconsole.journal.RunPlan;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.journal.common.JournalJson;
import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.journal.team.TeamRun;
import dev.memoryconsole.journal.team.TeamTerms;
import dev.memoryconsole.lock.figures.LockSummary;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shared runs as every other: one that this console has to itself, such as the undo of a shared
 * run, is started, taken up and ended as a run of the journal of one machine. Of one that it
 * shares, its own figures alone are written.
 */
final class TeamRunJournal implements RunJournal {
  private static final Logger LOG = LoggerFactory.getLogger(TeamRunJournal.class);
  private static final int ADDED_AT_ONCE = 10_000;

  private final TeamDatabase database;
  private final TeamParts parts;
  private final TeamHeartbeats heartbeats;
  private final TeamEntries entries;
  private final TeamRunReader reader;

  TeamRunJournal(
      TeamDatabase database,
      TeamParts parts,
      TeamHeartbeats heartbeats,
      TeamEntries entries,
      TeamRunReader reader) {
    this.database = database;
    this.parts = parts;
    this.heartbeats = heartbeats;
    this.entries = entries;
    this.reader = reader;
  }

  /** Writes a run and its entries down in the open transaction. */
  long add(Connection connection, Statements statements, RunPlan plan, TeamTerms terms, long at)
      throws SQLException {
    long run =
        statements
            .list(
                "INSERT INTO memory_console.runs (store, kind, enricher, batch_size, on_failure,"
                    + " scopes, of_run, selected, wish, budget, requests_per_minute,"
                    + " tokens_per_minute, started_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'RUNNING', ?, ?, ?, ?) RETURNING id",
                row -> row.getLong(1),
                database.store(),
                plan.kind().name(),
                plan.enricher(),
                plan.batchSize(),
                plan.onFailure(),
                JournalJson.strings(plan.scopes()),
                plan.ofRun(),
                plan.ids().size(),
                terms.budget(),
                terms.requestsPerMinute(),
                terms.tokensPerMinute(),
                at)
            .getFirst();
    try (PreparedStatement add =
        connection.prepareStatement(
            "INSERT INTO memory_console.entries (run, position, id, state)"
                + " SELECT ?, p.position, p.id, 'QUEUED'"
                + " FROM unnest(CAST(? AS integer[]), CAST(? AS text[])) AS p (position, id)")) {
      List<String> ids = plan.ids();
      for (int from = 0; from < ids.size(); from += ADDED_AT_ONCE) {
        List<String> some = ids.subList(from, Math.min(ids.size(), from + ADDED_AT_ONCE));
        Integer[] positions = new Integer[some.size()];
        for (int i = 0; i < positions.length; i++) {
          positions[i] = from + i;
        }
        add.setLong(1, run);
        add.setArray(2, connection.createArrayOf("int4", positions));
        add.setArray(3, connection.createArrayOf("text", some.toArray()));
        add.executeUpdate();
      }
    }
    return run;
  }

  @Override
  public Optional<Long> start(RunPlan plan, long at) {
    long[] begun =
        database.writeOnce(
            (connection, statements) -> {
              lockFormat(statements);
              parts.requireFree(statements);
              long run = add(connection, statements, plan, TeamTerms.NONE, at);
              return new long[] {run, parts.begin(statements, run, true)};
            });
    parts.has(begun[0], begun[1]);
    heartbeats.begin(begun[0], begun[1], TeamHeartbeats.NOBODY);
    return Optional.of(begun[0]);
  }

  @Override
  public boolean reopen(String store, long run) {
    return taken(
        run,
        statements -> {
          statements.update(
              "UPDATE memory_console.runs SET wish = 'RUNNING', finished_at = NULL WHERE id = ?",
              run);
          return parts.begin(statements, run, true);
        });
  }

  @Override
  public boolean reopenToVerify(String store, long run) {
    return taken(
        run,
        statements -> {
          long worker = parts.begin(statements, run, false);
          TeamParts.takeWritten(statements, run, worker);
          return worker;
        });
  }

  /** Begins a part in a run. */
  private interface Beginning {
    long begin(Statements statements) throws SQLException;
  }

  private boolean taken(long run, Beginning beginning) {
    long worker =
        database.write(
            (_, statements) -> {
              if (reader.find(statements, run).isEmpty()) {
                return 0L;
              }
              lockFormat(statements);
              parts.requireFree(statements);
              return beginning.begin(statements);
            });
    if (worker != 0) {
      parts.has(run, worker);
      heartbeats.begin(run, worker, TeamHeartbeats.NOBODY);
    }
    return worker != 0;
  }

  /** One at a time: who comes second sees the first. */
  static void lockFormat(Statements statements) throws SQLException {
    statements.list("SELECT version FROM memory_console.format FOR UPDATE", row -> row.getInt(1));
  }

  /**
   * Refuses a run of this machine's that would get in the way of those who share one.
   *
   * @throws dev.memoryconsole.journal.RunInProgressException if somebody does
   */
  void requireFree() {
    boolean unused =
        database.read(
            false,
            (_, statements) -> {
              parts.requireFree(statements);
              return true;
            });
  }

  @Override
  public void release(long run) {
    heartbeats.end(run);
    try {
      parts.end(run);
      entries.forgetTally(run);
    } catch (JournalException e) {
      LOG.warn("The end of a part was not written, its lease will run out: {}", e.getMessage());
    }
  }

  @Override
  public void update(
      long run,
      RunState state,
      long elapsedMillis,
      LockSummary lock,
      ModelUsage usage,
      @Nullable Long finishedAt) {
    entries.flush();
    long worker = parts.own(run);
    boolean unused =
        database.write(
            (_, statements) -> {
              statements.update(
                  "UPDATE memory_console.workers SET elapsed_ms = ?, lock = ?, usage = ?,"
                      + " counts = ? WHERE id = ?",
                  elapsedMillis,
                  JournalJson.lock(lock),
                  JournalJson.usage(usage),
                  TeamCounts.json(entries.tally(run)),
                  worker);
              // Of a run that others share only they and the admin say where it stands.
              if (state == RunState.CANCELLED || state == RunState.PAUSED) {
                statements.update(
                    "UPDATE memory_console.runs SET wish = ? WHERE id = ? AND EXISTS"
                        + " (SELECT 1 FROM memory_console.workers w WHERE w.id = ? AND w.sole)",
                    state.name(),
                    run,
                    worker);
              } else if (state == RunState.RUNNING) {
                statements.update(
                    "UPDATE memory_console.runs SET wish = ? WHERE id = ? AND wish = 'PAUSED' AND"
                        + " EXISTS (SELECT 1 FROM memory_console.workers w WHERE w.id = ? AND"
                        + " w.sole)",
                    state.name(),
                    run,
                    worker);
              }
              BigDecimal spent = usage.cost();
              // Of calls that a stop cut short nobody knows the cost: what was granted stays spent.
              if (state == RunState.COMPLETED && spent != null) {
                statements.update(
                    "UPDATE memory_console.workers SET granted = ? WHERE id = ? AND granted > ?",
                    spent,
                    worker,
                    spent);
              }
              return true;
            });
  }

  @Override
  public void restoring(long run, @Nullable String safetyCopy) {
    throw new IllegalStateException("Nothing is restored in a table of a server.");
  }

  @Override
  public void endVerification(long restore) {
    throw new IllegalStateException("Nothing is restored in a table of a server.");
  }

  @Override
  public void verified(long run, Verification verification) {
    // There is nothing to look after in these stores.
  }

  @Override
  public void settled(long run) {
    // There is nothing to look after in these stores.
  }

  @Override
  public List<RunRecord> latest(String store, int limit) {
    return database.read(List.of(), (_, statements) -> reader.latest(statements, limit));
  }

  @Override
  public List<RunRecord> stopped(String store) {
    return latest(store, Integer.MAX_VALUE).stream()
        .filter(run -> run.state() == RunState.INTERRUPTED || run.state() == RunState.CANCELLED)
        .toList();
  }

  @Override
  public Optional<RunRecord> find(String store, long run) {
    return database
        .read(List.<TeamRun>of(), (_, statements) -> reader.find(statements, run))
        .stream()
        .map(TeamRun::record)
        .findFirst();
  }

  @Override
  public long lastMarker(String store) {
    return database.read(0L, (_, statements) -> reader.lastMarker(statements));
  }
}
