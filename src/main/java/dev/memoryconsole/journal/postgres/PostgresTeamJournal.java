package dev.memoryconsole.journal.postgres;

import dev.memoryconsole.journal.EntryJournal;
import dev.memoryconsole.journal.ErasureJournal;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.LockJournal;
import dev.memoryconsole.journal.RunJournal;
import dev.memoryconsole.journal.team.TeamJournal;
import dev.memoryconsole.journal.team.TeamRuns;
import dev.memoryconsole.store.postgres.PostgresStore;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The journal of this machine, with the runs that are shared in the database of a store. Which of
 * the two has a run its number tells: shared ones count from {@value TeamRuns#FIRST}.
 */
public final class PostgresTeamJournal implements TeamJournal {
  /** How long a part is another's who says nothing. */
  public static final Duration LEASE = Duration.ofSeconds(30);

  private final Journal local;
  private final RunsOfBoth runs;
  private final EntriesOfBoth entries;
  private final TeamHeartbeats heartbeats;
  private final TeamRuns team;

  /**
   * Adds the shared runs of a store to a journal, which it closes in the end; to be closed before
   * the store.
   *
   * @param lease how long a part is another's who says nothing
   */
  public PostgresTeamJournal(
      Journal local, PostgresStore store, Duration lease, InstantSource clock) {
    this.local = local;
    TeamDatabase database = new TeamDatabase(store.connections(), store.address(), lease);
    TeamParts parts = new TeamParts(database, lease, clock);
    heartbeats = new TeamHeartbeats(database, parts);
    TeamEntries shared = new TeamEntries(database, parts);
    TeamRunReader reader = new TeamRunReader(database, parts, store.location().key());
    TeamRunJournal sharedRuns = new TeamRunJournal(database, parts, heartbeats, shared, reader);
    runs = new RunsOfBoth(local.runs(), sharedRuns);
    entries = new EntriesOfBoth(local.entries(), shared);
    team = new PostgresTeamRuns(database, parts, heartbeats, sharedRuns, reader, clock);
  }

  @Override
  public RunJournal runs() {
    return runs;
  }

  @Override
  public EntryJournal entries() {
    return entries;
  }

  /** Of deleted memories nothing is in shared runs: no mend is one. */
  @Override
  public ErasureJournal erasure() {
    return local.erasure();
  }

  @Override
  public LockJournal locks() {
    return local.locks();
  }

  @Override
  public TeamRuns team() {
    return team;
  }

  @Override
  public void close() {
    heartbeats.close();
    local.close();
  }
}
