package dev.memoryconsole.journal;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.lock.LockSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.LinkedHashMap;
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
        enrichment = coalesce(?5, enrichment),
        upgraded_at = coalesce(?6, upgraded_at),
        before = CASE WHEN ?7 THEN ?8 WHEN ?9 THEN before END,
        written = CASE WHEN ?7 THEN ?10 WHEN ?9 THEN written END,
        reason = coalesce(?11, reason),
        started_at = coalesce(?12, started_at),
        finished_at = coalesce(?13, finished_at)
      WHERE run = ?14 AND position = ?15\
      """;

  // An entry whose text had changed is ENRICHING with the result for the old text: it begins anew.
  private static final String REOPEN =
      """
      UPDATE entries SET finished_at = NULL, reason = '',
        state = CASE
          WHEN state = 'CANCELLED' AND enrichment IS NOT NULL THEN 'ENRICHED'
          ELSE 'QUEUED' END
      WHERE run = ? AND state IN ('CANCELLED', 'ENRICHING')\
      """;

  private final Connection connection;
  private final RunClaims claims;
  private @Nullable PreparedStatement prepared;

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

  private PreparedStatement change() throws SQLException {
    PreparedStatement change = prepared;
    if (change == null) {
      change = connection.prepareStatement(CHANGE);
      prepared = change;
    }
    return change;
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
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO entries (run, position, id, state) VALUES (?, ?, ?, 'QUEUED')")) {
            int position = 0;
            for (String id : plan.ids()) {
              insert.setLong(1, run);
              insert.setInt(2, position++);
              insert.setString(3, id);
              insert.executeUpdate();
            }
          }
          return run;
        });
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

  void change(List<Journal.Pending> changes) throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    Map<List<Long>, Journal.Pending> folded = new LinkedHashMap<>();
    for (Journal.Pending next : changes) {
      folded.merge(
          List.of(next.run(), (long) next.change().position()),
          next,
          (one, later) -> new Journal.Pending(one.run(), one.change().then(later.change())));
    }
    inTransaction(
        () -> {
          for (Journal.Pending next : folded.values()) {
            changeOne(next.run(), next.change());
          }
          return 0;
        });
  }

  private void changeOne(long run, EntryChange next) throws SQLException {
    EntryState state = next.state();
    EntryChange.Image image = next.image();
    boolean keepsImage = state.isWritten();
    PreparedStatement change = change();
    change.setString(1, state.name());
    change.setString(2, next.title());
    setInt(change, 3, next.attempt());
    change.setString(4, next.textHash());
    change.setString(5, next.enrichment());
    setLong(change, 6, next.upgradedAt());
    change.setBoolean(7, image != null);
    change.setString(8, image == null ? null : image.before());
    // An entry that was not written after all has no image of a write.
    change.setBoolean(9, keepsImage);
    change.setString(10, image == null ? null : image.written());
    change.setString(11, next.reason());
    setLong(change, 12, next.startedAt());
    setLong(change, 13, next.finishedAt());
    change.setLong(14, run);
    change.setInt(15, next.position());
    change.executeUpdate();
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
