package dev.memoryconsole.journal.postgres;

import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.JournalCode;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.RunInProgressException;
import dev.memoryconsole.journal.RunTakenOverException;
import dev.memoryconsole.journal.database.Statements;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * This console's parts in shared runs, and those of others that are over. A part has a lease, which
 * its console prolongs. Whoever finds that a lease has run out ends that part first, and only then
 * takes what it had: from that moment on nothing that the other writes of an entry counts, because
 * each such write asks for the entry's worker. What it had announced and was about to commit is
 * told by the row itself, whose lock the taker waits for. Safe for use by many threads.
 */
final class TeamParts {
  /** What a taker finds of an entry that somebody else has begun. */
  static final String AS_TAKEN =
      "CASE WHEN e.state = 'CANCELLED' AND e.enrichment IS NOT NULL THEN 'ENRICHED'"
          + " WHEN e.state IN ('CANCELLED', 'ENRICHING') THEN 'QUEUED' ELSE e.state END";

  private final TeamDatabase database;
  private final Duration lease;
  private final InstantSource clock;
  // By run. Of a run this console has one part at a time.
  private final Map<Long, Long> own = new ConcurrentHashMap<>();

  /**
   * Knows no part yet.
   *
   * @param lease how long a part is another's who says nothing
   */
  TeamParts(TeamDatabase database, Duration lease, InstantSource clock) {
    this.database = database;
    this.lease = lease;
    this.clock = clock;
  }

  /** How long a part is another's who says nothing. */
  Duration lease() {
    return lease;
  }

  /**
   * Begins a part in the open transaction; {@link #has} when that is committed.
   *
   * @param sole whether it takes everything that nobody else has, at once
   */
  long begin(Statements statements, long run, boolean sole) throws SQLException {
    long worker =
        statements
            .list(
                "INSERT INTO memory_console.workers (run, name, pid, sole, since, lease_until)"
                    + " SELECT r.id, ?, ?, ?, ?, now() + ? * interval '1 millisecond'"
                    + " FROM memory_console.runs r WHERE r.id = ? AND r.store = ? RETURNING id",
                row -> row.getLong(1),
                name(),
                ProcessHandle.current().pid(),
                sole,
                clock.millis(),
                lease.toMillis(),
                run,
                database.store())
            .stream()
            .findFirst()
            .orElseThrow(() -> new JournalException(JournalCode.TEAM_RUN_GONE.with(run)));
    statements.update("UPDATE memory_console.runs SET counts = NULL WHERE id = ?", run);
    if (sole) {
      endDead(statements, run);
      statements.update(
          "UPDATE memory_console.entries AS e SET worker = ?, finished_at = NULL, state = "
              + AS_TAKEN
              + " WHERE e.run = ? AND (e.finished_at IS NULL AND e.worker IS NULL"
              + " OR e.state = 'CANCELLED')",
          worker,
          run);
    }
    return worker;
  }

  private static String name() {
    String machine;
    try {
      machine = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      machine = "localhost";
    }
    return System.getProperty("user.name", "somebody") + "@" + machine;
  }

  /** Takes what a run wrote, to look after it. */
  static void takeWritten(Statements statements, long run, long worker) throws SQLException {
    statements.update(
        "UPDATE memory_console.entries SET worker = ? WHERE run = ?"
            + " AND state IN ('UPGRADED', 'FALLBACK', 'UNDONE')",
        worker,
        run);
  }

  /**
   * Refuses a run that would get in the way of others.
   *
   * @throws RunInProgressException if a console works on a run of the store, in whatever way
   */
  void requireFree(Statements statements) throws SQLException {
    List<RunInProgressException> atWork =
        statements.list(
            "SELECT w.run, w.name FROM memory_console.workers w"
                + " JOIN memory_console.runs r ON r.id = w.run WHERE r.store = ?"
                + " AND w.ended_at IS NULL AND w.lease_until > now() ORDER BY w.id LIMIT 1",
            row -> new RunInProgressException(row.getLong(1), row.getString(2)),
            database.store());
    if (!atWork.isEmpty()) {
      throw atWork.getFirst();
    }
  }

  /** Notes that a part of this console's has begun. */
  void has(long run, long worker) {
    own.put(run, worker);
  }

  /** Whether this console works on a run. */
  boolean isOwn(long run) {
    return own.containsKey(run);
  }

  /**
   * This console's part in a run.
   *
   * @throws RunTakenOverException if it has none
   */
  long own(long run) {
    Long worker = own.get(run);
    if (worker == null) {
      throw new RunTakenOverException(run);
    }
    return worker;
  }

  /** Whether this console's part in a run is still that: a lease that nobody else has ended. */
  boolean isHeld(Statements statements, long run) throws SQLException {
    return statements.number(
            "SELECT count(*) FROM memory_console.workers WHERE id = ? AND ended_at IS NULL",
            own(run))
        > 0;
  }

  /** Prolongs the lease; false if it was ended by somebody else. */
  boolean prolong(Statements statements, long worker) throws SQLException {
    return statements.update(
            "UPDATE memory_console.workers SET lease_until = now() + ? * interval '1 millisecond'"
                + " WHERE id = ? AND ended_at IS NULL",
            lease.toMillis(),
            worker)
        > 0;
  }

  /** Takes entries that nobody has. */
  List<EntryProgress> take(long run, int most) {
    return database.write((connection, statements) -> take(connection, statements, run, most));
  }

  /** Whether all entries without an outcome are this console's. */
  boolean isLast(long run) {
    long worker = own(run);
    return database.read(
        true,
        (_, statements) ->
            statements
                .list(
                    "SELECT 1 FROM memory_console.entries WHERE run = ? AND finished_at IS NULL"
                        + " AND (worker IS NULL OR worker <> ?) LIMIT 1",
                    row -> row.getInt(1),
                    run,
                    worker)
                .isEmpty());
  }

  private List<EntryProgress> take(Connection connection, Statements statements, long run, int most)
      throws SQLException {
    long worker = own(run);
    if (!prolong(statements, worker)) {
      throw new RunTakenOverException(run);
    }
    endDead(statements, run);
    List<Integer> free =
        statements.list(
            "SELECT position FROM memory_console.entries WHERE run = ? AND finished_at IS NULL"
                + " AND worker IS NULL ORDER BY position LIMIT ? FOR UPDATE SKIP LOCKED",
            row -> row.getInt(1),
            run,
            most);
    if (free.isEmpty()) {
      return List.of();
    }
    List<EntryProgress> taken =
        new ArrayList<>(
            statements.list(
                "UPDATE memory_console.entries AS e SET worker = ?, state = "
                    + AS_TAKEN
                    + " WHERE e.run = ? AND e.position = ANY (?) RETURNING "
                    + TeamEntryReader.PROGRESS,
                row -> TeamEntryReader.progress(row, false),
                worker,
                run,
                connection.createArrayOf("int4", free.toArray())));
    taken.sort(Comparator.comparingInt(EntryProgress::position));
    return taken;
  }

  /** Ends parts whose lease has run out; what they had is anybody's. */
  private static void endDead(Statements statements, long run) throws SQLException {
    for (long dead :
        statements.list(
            "UPDATE memory_console.workers SET ended_at = now()"
                + " WHERE run = ? AND ended_at IS NULL AND lease_until < now() RETURNING id",
            row -> row.getLong(1),
            run)) {
      giveBack(statements, dead);
    }
  }

  private static void giveBack(Statements statements, long worker) throws SQLException {
    statements.update(
        "UPDATE memory_console.entries SET worker = NULL WHERE worker = ? AND finished_at IS NULL",
        worker);
  }

  /** Gives what nobody has of a run that was cancelled its outcome. */
  static void endCancelled(Statements statements, long run, long at) throws SQLException {
    statements.update(
        "UPDATE memory_console.entries SET state = 'CANCELLED', finished_at = ?"
            + " WHERE run = ? AND finished_at IS NULL AND worker IS NULL"
            // One that was about to be written is told by its marker when it is looked at again.
            + " AND state <> 'COMMITTING' AND EXISTS (SELECT 1 FROM memory_console.runs r"
            + " WHERE r.id = ? AND r.wish = 'CANCELLED')",
        at,
        run,
        run);
  }

  /** Ends this console's part in a run, if it has one; what it has not finished is anybody's. */
  void end(long run) {
    Long worker = own.remove(run);
    if (worker != null) {
      boolean unused =
          database.write(
              (connection, statements) -> {
                statements.update(
                    "UPDATE memory_console.workers SET ended_at = now()"
                        + " WHERE id = ? AND ended_at IS NULL",
                    worker);
                giveBack(statements, worker);
                endCancelled(statements, run, clock.millis());
                TeamCounts.settle(statements, run);
                return true;
              });
    }
  }
}
