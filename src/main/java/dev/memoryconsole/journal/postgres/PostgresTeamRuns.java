package dev.memoryconsole.journal.postgres;

import dev.memoryconsole.enrich.Allowance;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.JournalCode;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.RunPlan;
import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.journal.team.TeamPart;
import dev.memoryconsole.journal.team.TeamRun;
import dev.memoryconsole.journal.team.TeamRuns;
import dev.memoryconsole.journal.team.TeamTerms;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Shared runs in a database. */
final class PostgresTeamRuns implements TeamRuns {
  private final TeamDatabase database;
  private final TeamParts parts;
  private final TeamHeartbeats heartbeats;
  private final TeamRunJournal runs;
  private final TeamRunReader reader;
  private final InstantSource clock;

  PostgresTeamRuns(
      TeamDatabase database,
      TeamParts parts,
      TeamHeartbeats heartbeats,
      TeamRunJournal runs,
      TeamRunReader reader,
      InstantSource clock) {
    this.database = database;
    this.parts = parts;
    this.heartbeats = heartbeats;
    this.runs = runs;
    this.reader = reader;
    this.clock = clock;
  }

  @Override
  public long share(RunPlan plan, TeamTerms terms, long at) {
    return database.writeOnce(
        (connection, statements) -> {
          TeamRunJournal.lockFormat(statements);
          for (TeamRun open : reader.open(statements)) {
            throw new JournalException(JournalCode.TEAM_RUN_OPEN.with(open.record().id()));
          }
          return runs.add(connection, statements, plan, terms, at);
        });
  }

  @Override
  public List<TeamRun> open() {
    return database.readOrRefuse(List.of(), (_, statements) -> reader.open(statements));
  }

  @Override
  public Optional<TeamRun> find(long run) {
    return database
        .read(List.<TeamRun>of(), (_, statements) -> reader.find(statements, run))
        .stream()
        .findFirst();
  }

  @Override
  public Optional<Standing> standing(long run) {
    return database
        .read(List.<Standing>of(), (_, statements) -> reader.standing(statements, run))
        .stream()
        .findFirst();
  }

  @Override
  public TeamPart join(long run, Listener listener) {
    TeamRun joined =
        find(run).orElseThrow(() -> new JournalException(JournalCode.TEAM_RUN_GONE.with(run)));
    long worker = database.write((_, statements) -> parts.begin(statements, run, false));
    parts.has(run, worker);
    heartbeats.begin(run, worker, listener);
    return new Part(run, new TeamAllowance(database, run, worker, joined.terms()));
  }

  private final class Part implements TeamPart {
    private final long run;
    private final Allowance allowance;

    Part(long run, Allowance allowance) {
      this.run = run;
      this.allowance = allowance;
    }

    @Override
    public List<EntryProgress> take(int most) {
      return parts.take(run, most);
    }

    @Override
    public boolean isLast() {
      return parts.isLast(run);
    }

    @Override
    public long marker(long now) {
      return database.write((_, statements) -> nextMarker(statements, now));
    }

    private long nextMarker(Statements statements, long now) throws SQLException {
      return statements
          .list(
              "UPDATE memory_console.runs SET last_marker = greatest(last_marker + 1, ?)"
                  + " WHERE id = ? RETURNING last_marker",
              row -> row.getLong(1),
              now,
              run)
          .getFirst();
    }

    @Override
    public Allowance allowance() {
      return allowance;
    }
  }

  @Override
  public void pause(long run, boolean resting) {
    wish(run, resting ? "PAUSED" : "RUNNING");
  }

  @Override
  public void cancel(long run) {
    wish(run, "CANCELLED");
  }

  private void wish(long run, String wish) {
    boolean unused =
        database.write(
            (_, statements) -> {
              int found =
                  statements.update(
                      "UPDATE memory_console.runs SET wish = ? WHERE id = ? AND store = ?"
                          + " AND finished_at IS NULL",
                      wish,
                      run,
                      database.store());
              if (found == 0) {
                throw new JournalException(JournalCode.TEAM_RUN_GONE.with(run));
              }
              TeamParts.endCancelled(statements, run, clock.millis());
              if (wish.equals("RUNNING")) {
                statements.update(
                    "UPDATE memory_console.entries AS e SET finished_at = NULL, worker = NULL,"
                        + " state = "
                        + TeamParts.AS_TAKEN
                        + " WHERE e.run = ? AND e.state = 'CANCELLED'",
                    run);
              }
              TeamCounts.settle(statements, run);
              return true;
            });
  }
}
