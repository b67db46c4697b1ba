package dev.memoryconsole.journal;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.lock.LockSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statements that write. Used under the journal's writing lock. */
final class JournalWriter implements AutoCloseable {
  private static final String CHANGE =
      """
      UPDATE entries SET state = ?1,
        title = coalesce(?2, title),
        attempt = coalesce(?3, attempt),
        text_hash = coalesce(?4, text_hash),
        upgraded_at = coalesce(?5, upgraded_at),
        reason = coalesce(?6, reason),
        started_at = coalesce(?7, started_at),
        finished_at = coalesce(?8, finished_at)
      WHERE run = ?9 AND position = ?10\
      """;

  private static final String KEEP =
      """
      INSERT INTO results (enrichment, before, written, entry) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (entry) DO UPDATE SET
        enrichment = coalesce(excluded.enrichment, enrichment),
        before = excluded.before,
        written = excluded.written\
      """;

  private static final String FORGET =
      "UPDATE results SET before = NULL, written = NULL WHERE entry = ?"
          + " AND coalesce(before, written) IS NOT NULL";

  // An entry whose text had changed is ENRICHING with the result for the old text: it begins anew.
  private static final String REOPEN =
      """
      UPDATE entries SET finished_at = NULL, reason = '',
        state = CASE
          WHEN state = 'CANCELLED' AND EXISTS (SELECT 1 FROM results
            WHERE entry = (run << 32) | position AND enrichment IS NOT NULL) THEN 'ENRICHED'
          ELSE 'QUEUED' END
      WHERE run = ? AND state IN ('CANCELLED', 'ENRICHING')\
      """;
  private static final int IDS_AT_ONCE = 1_000;

  private final Connection connection;
  private final RunClaims claims;
  private @Nullable Prepared prepared;

  private record Prepared(
      PreparedStatement change, PreparedStatement keep, PreparedStatement forget) {}

  JournalWriter(Connection connection, RunClaims claims) {
    this.connection = connection;
    this.claims = claims;
  }

  /** Runs in one transaction; the store may be locked meanwhile, so it must be short. */
  <T> T inTransaction(Step<T> step) throws SQLException {
    execute("BEGIN IMMEDIATE");
    try {
      T result = step.run();
      execute("COMMIT");
      return result;
    } catch (SQLException | RuntimeException e) {
      rollBack(e);
      throw e;
    }
  }

  /** Writes, and answers something. */
  interface Step<T> {
    /** All or nothing. */
    T run() throws SQLException;
  }

  private void rollBack(Exception cause) {
    try {
      execute("ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      cause.addSuppressed(alreadyRolledBack);
    }
    // After some failures, a full disk is one, the driver has closed the statement behind our back.
    prepared = null;
  }

  private Prepared prepared() throws SQLException {
    Prepared statements = prepared;
    if (statements == null) {
      statements =
          new Prepared(
              connection.prepareStatement(CHANGE),
              connection.prepareStatement(KEEP),
              connection.prepareStatement(FORGET));
      prepared = statements;
    }
    return statements;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long start(RunPlan plan, long at) throws SQLException {
    return inTransaction(
        () -> {
          claims.requireFree(plan.store());
          long run = insertRun(plan, at);
          claims.claim(run);
          insertEntries(run, plan.ids());
          return run;
        });
  }

  private void insertEntries(long run, List<String> ids) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO entries (run, position, id, state)"
                + " SELECT ?1, ?2 + key, value, 'QUEUED' FROM json_each(?3) ORDER BY key")) {
      for (int from = 0; from < ids.size(); from += IDS_AT_ONCE) {
        insert.setLong(1, run);
        insert.setInt(2, from);
        insert.setString(
            3, JournalJson.strings(ids.subList(from, Math.min(from + IDS_AT_ONCE, ids.size()))));
        insert.executeUpdate();
      }
    }
  }

  private long insertRun(RunPlan plan, long at) throws SQLException {
    String sql =
        """
        INSERT INTO runs (store, kind, enricher, batch_size, on_failure, scopes, selected, state,
                          started_at, owner_pid, owner_start, of_run)
        VALUES (?, ?, ?, ?, ?, ?, ?, 'RUNNING', ?, ?, ?, ?) RETURNING id\
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, plan.store());
      insert.setString(2, plan.kind().name());
      insert.setString(3, plan.enricher());
      insert.setInt(4, plan.batchSize());
      insert.setString(5, plan.onFailure());
      insert.setString(6, JournalJson.strings(plan.scopes()));
      insert.setInt(7, plan.ids().size());
      insert.setLong(8, at);
      insert.setLong(9, RunOwner.self().pid());
      insert.setLong(10, RunOwner.self().startedAt());
      Long ofRun = plan.ofRun();
      if (ofRun == null) {
        insert.setNull(11, Types.INTEGER);
      } else {
        insert.setLong(11, ofRun);
      }
      try (ResultSet row = insert.executeQuery()) {
        return row.getLong(1);
      }
    }
  }

  /**
   * Takes a stopped run over: it runs again, owned by this process. What was enriched waits to be
   * written, what was about to be written waits to be looked at, the rest begins anew.
   *
   * @return false if it is no run of this store that was stopped
   */
  boolean reopen(String store, long run) throws SQLException {
    return inTransaction(
        () -> {
          claims.requireFree(store);
          try (PreparedStatement take =
              connection.prepareStatement(
                  "UPDATE runs SET state = 'RUNNING', finished_at = NULL, owner_pid = ?,"
                      + " owner_start = ? WHERE id = ? AND store = ?"
                      + " AND state IN ('INTERRUPTED', 'CANCELLED')")) {
            take.setLong(1, RunOwner.self().pid());
            take.setLong(2, RunOwner.self().startedAt());
            take.setLong(3, run);
            take.setString(4, store);
            if (take.executeUpdate() == 0) {
              return false;
            }
          }
          try (PreparedStatement entries = connection.prepareStatement(REOPEN)) {
            entries.setLong(1, run);
            entries.executeUpdate();
          }
          claims.claim(run);
          return true;
        });
  }

  /** Moves what was written into the file; waits for nobody. */
  void checkpoint() throws SQLException {
    execute("PRAGMA wal_checkpoint(PASSIVE)");
  }

  /** Records changes of different entries in one transaction. */
  void change(List<PendingChanges.Pending> changes) throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    inTransaction(
        () -> {
          Map<Long, Long> markers = new HashMap<>();
          for (PendingChanges.Pending next : changes) {
            changeOne(next.run(), next.change());
            Long marker = next.change().upgradedAt();
            if (marker != null) {
              markers.merge(next.run(), marker, Math::max);
            }
          }
          for (Map.Entry<Long, Long> marker : markers.entrySet()) {
            WrittenEntries.marked(connection, marker.getKey(), marker.getValue());
          }
          return 0;
        });
  }

  private void changeOne(long run, EntryChange next) throws SQLException {
    keep(run, next);
    PreparedStatement change = prepared().change();
    change.setString(1, next.state().name());
    change.setString(2, next.title());
    setInt(change, 3, next.attempt());
    change.setString(4, next.textHash());
    setLong(change, 5, next.upgradedAt());
    change.setString(6, next.reason());
    setLong(change, 7, next.startedAt());
    setLong(change, 8, next.finishedAt());
    change.setLong(9, run);
    change.setInt(10, next.position());
    change.executeUpdate();
  }

  private void keep(long run, EntryChange next) throws SQLException {
    long entry = (run << Integer.SIZE) | next.position();
    EntryChange.Image image = next.image();
    if (image != null || next.enrichment() != null) {
      PreparedStatement keep = prepared().keep();
      keep.setString(1, next.enrichment());
      keep.setString(2, image == null ? null : image.before());
      keep.setString(3, image == null ? null : image.written());
      keep.setLong(4, entry);
      keep.executeUpdate();
    } else if (!next.state().isWritten() && next.state() != EntryState.ENRICHING) {
      // An entry that was not written after all has no image of a write.
      PreparedStatement forget = prepared().forget();
      forget.setLong(1, entry);
      forget.executeUpdate();
    }
  }

  private static void setInt(PreparedStatement change, int index, @Nullable Integer value)
      throws SQLException {
    if (value == null) {
      change.setNull(index, Types.INTEGER);
    } else {
      change.setInt(index, value);
    }
  }

  private static void setLong(PreparedStatement change, int index, @Nullable Long value)
      throws SQLException {
    if (value == null) {
      change.setNull(index, Types.INTEGER);
    } else {
      change.setLong(index, value);
    }
  }

  void update(
      long run,
      RunState state,
      long elapsedMillis,
      LockSummary lock,
      ModelUsage usage,
      @Nullable Long finishedAt)
      throws SQLException {
    String sql =
        "UPDATE runs SET state = ?, elapsed_ms = ?, lock = ?, usage = ?, finished_at = ?"
            + " WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, state.name());
      update.setLong(2, elapsedMillis);
      update.setString(3, JournalJson.lock(lock));
      update.setString(4, JournalJson.usage(usage));
      if (finishedAt == null) {
        update.setNull(5, Types.INTEGER);
      } else {
        update.setLong(5, finishedAt);
      }
      update.setLong(6, run);
      update.executeUpdate();
    }
  }

  void verified(long run, Verification verification) throws SQLException {
    WrittenEntries.verified(connection, run, verification);
  }

  void endVerification(String store) throws SQLException {
    inTransaction(
        () -> {
          WrittenEntries.end(connection, store);
          return 0;
        });
  }

  boolean reopenToVerify(String store, long run) throws SQLException {
    return inTransaction(
        () -> {
          claims.requireFree(store);
          boolean taken = WrittenEntries.reopen(connection, store, run);
          if (taken) {
            claims.claim(run);
          }
          return taken;
        });
  }

  void countReapplied(long run, List<Integer> positions) throws SQLException {
    inTransaction(
        () -> {
          WrittenEntries.countReapplied(connection, run, positions);
          return 0;
        });
  }

  int markInterrupted(String store) throws SQLException {
    return inTransaction(() -> claims.interruptDead(store));
  }

  /** This process works on a run no longer. */
  void release(long run) {
    claims.release(run);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
