package dev.memoryconsole.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which process is at work on which run: one run of a store at a time, over all processes that
 * share the journal. Used inside the writer's transactions.
 */
final class RunClaims {
  // Of this process. A run of ours whose end could not be recorded is not at work any more,
  // although
  // its process is alive.
  private static final Set<String> AT_WORK = ConcurrentHashMap.newKeySet();

  // A process may end after its last entry and before it says so: then nothing is left to resume.
  private static final String END =
      """
      UPDATE runs SET
        finished_at = (SELECT max(finished_at) FROM entries WHERE run = ?1),
        state = CASE WHEN EXISTS (SELECT 1 FROM entries WHERE run = ?1
            AND state IN ('QUEUED', 'ENRICHING', 'ENRICHED', 'COMMITTING', 'CANCELLED'))
            OR verification = 'PENDING'
          THEN 'INTERRUPTED' ELSE 'COMPLETED' END
      WHERE id = ?1\
      """;

  private final Connection connection;
  private final String file;

  RunClaims(Connection connection, Path file) {
    this.connection = connection;
    this.file = file.toString();
  }

  private record Open(long run, RunOwner owner, long startedAt, boolean paused) {}

  /**
   * Refuses a second run of a store; runs whose process is gone become INTERRUPTED.
   *
   * @throws RunInProgressException if there is a run at work
   */
  void requireFree(String store) throws SQLException {
    interruptDead(store);
    for (Open open : open(store)) {
      throw new RunInProgressException(open.run(), open.owner(), open.startedAt(), open.paused());
    }
  }

  /** Ends runs whose process is gone; answers how many. */
  int interruptDead(String store) throws SQLException {
    int dead = 0;
    for (Open open : open(store)) {
      if (!isAtWork(open)) {
        try (PreparedStatement update = connection.prepareStatement(END)) {
          update.setLong(1, open.run());
          dead += update.executeUpdate();
        }
      }
    }
    return dead;
  }

  private boolean isAtWork(Open open) {
    return open.owner().isSelf() ? AT_WORK.contains(key(open.run())) : open.owner().isAlive();
  }

  private List<Open> open(String store) throws SQLException {
    List<Open> open = new ArrayList<>();
    String sql =
        "SELECT id, owner_pid, owner_start, started_at, state = 'PAUSED' FROM runs"
            + " WHERE store = ? AND state IN ('RUNNING', 'PAUSED') ORDER BY id";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, store);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          open.add(
              new Open(
                  row.getLong(1),
                  new RunOwner(row.getLong(2), row.getLong(3)),
                  row.getLong(4),
                  row.getBoolean(5)));
        }
      }
    }
    return open;
  }

  /** This process works on a run from now on. */
  void claim(long run) {
    AT_WORK.add(key(run));
  }

  /** This process works on a run no longer. */
  void release(long run) {
    AT_WORK.remove(key(run));
  }

  private String key(long run) {
    return run + "@" + file;
  }
}
