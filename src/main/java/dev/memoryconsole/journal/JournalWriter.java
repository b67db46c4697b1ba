package dev.memoryconsole.journal;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.PendingChanges.Pending;
import dev.memoryconsole.journal.database.JournalTransactions;
import dev.memoryconsole.journal.database.JournalTransactions.Safety;
import dev.memoryconsole.journal.lives.RunClaims;
import dev.memoryconsole.lock.figures.LockSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
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

  private static final String BEGIN =
      "UPDATE entries SET waiting = NULL WHERE run = ? AND position = ? AND waiting = 1";

  private final Connection connection;
  private final JournalTransactions transactions;
  private final RunClaims claims;
  private @Nullable Prepared prepared;

  private record Prepared(
      PreparedStatement change,
      PreparedStatement keep,
      PreparedStatement forget,
      PreparedStatement begin) {}

  JournalWriter(Connection connection, JournalTransactions transactions, RunClaims claims) {
    this.connection = connection;
    this.transactions = transactions;
    this.claims = claims;
  }

  private <T> T inTransaction(Safety safety, Duration patience, JournalTransactions.Step<T> step)
      throws SQLException {
    try {
      return transactions.run(safety, patience, step);
    } catch (SQLException | RuntimeException e) {
      // After some failures, a full disk is one, the driver has closed statements for good.
      prepared = null;
      throw e;
    }
  }

  private int update(JournalTransactions.Step<Integer> step) throws SQLException {
    return inTransaction(Safety.LATER, JournalTransactions.PATIENCE, step);
  }

  private Prepared prepared() throws SQLException {
    Prepared statements = prepared;
    if (statements == null) {
      statements =
          new Prepared(
              connection.prepareStatement(CHANGE),
              connection.prepareStatement(KEEP),
              connection.prepareStatement(FORGET),
              connection.prepareStatement(BEGIN));
      prepared = statements;
    }
    return statements;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Moves what was written into the file; waits for nobody. */
  void checkpoint() throws SQLException {
    execute("PRAGMA wal_checkpoint(PASSIVE)");
  }

  /**
   * Records changes of different entries in one transaction. Those of runs that were taken over
   * meanwhile are left out: they are not this process's to record any more.
   *
   * @param own the run whose changes these are, if the caller is at work on it
   * @throws RunTakenOverException if that one was taken over; nothing was written
   */
  void change(@Nullable Long own, List<Pending> changes, Safety safety, Duration patience)
      throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    inTransaction(
        safety,
        patience,
        () -> {
          Map<Long, Boolean> ours = new HashMap<>();
          List<Pending> written = new ArrayList<>(changes.size());
          if (own != null) {
            claims.requireOurs(connection, own);
            ours.put(own, true);
          }
          for (Pending next : changes) {
            Boolean known = ours.get(next.run());
            boolean write = known == null ? claims.isOurs(connection, next.run()) : known;
            ours.put(next.run(), write);
            if (write) {
              changeOne(next.run(), next.change());
              written.add(next);
            }
          }
          mark(written);
          return 0;
        });
  }

  /**
   * Announces that entries of a run are written once more, and counts that; safe when it returns,
   * because the marker of the write is a new one.
   */
  void changeAgain(long run, List<Pending> changes) throws SQLException {
    inTransaction(
        Safety.SYNCED,
        JournalTransactions.AT_ONCE,
        () -> {
          claims.requireOurs(connection, run);
          WrittenEntries.countReapplied(
              connection, run, changes.stream().map(next -> next.change().position()).toList());
          mark(changes);
          for (Pending next : changes) {
            changeOne(run, next.change());
          }
          return 0;
        });
  }

  private void mark(List<Pending> changes) throws SQLException {
    Map<Long, Long> markers = new HashMap<>();
    for (Pending next : changes) {
      Long marker = next.change().upgradedAt();
      if (marker != null) {
        markers.merge(next.run(), marker, Math::max);
      }
    }
    for (Map.Entry<Long, Long> marker : markers.entrySet()) {
      WrittenEntries.marked(connection, marker.getKey(), marker.getValue());
    }
  }

  private void changeOne(long run, EntryChange next) throws SQLException {
    keep(run, next);
    PreparedStatement begin = prepared().begin();
    begin.setLong(1, run);
    begin.setInt(2, next.position());
    begin.executeUpdate();
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
    update(
        () -> {
          claims.requireOurs(connection, run);
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
            return update.executeUpdate();
          }
        });
  }

  void verified(long run, Verification verification) throws SQLException {
    update(
        () -> {
          claims.requireOurs(connection, run);
          WrittenEntries.verified(connection, run, verification);
          return 0;
        });
  }

  void endVerification(long restore) throws SQLException {
    update(
        () -> {
          claims.requireOurs(connection, restore);
          WrittenEntries.endBefore(connection, restore);
          return 0;
        });
  }

  void restoring(long run, @Nullable String safetyCopy) throws SQLException {
    inTransaction(
        Safety.SYNCED,
        JournalTransactions.PATIENCE,
        () -> {
          claims.requireOurs(connection, run);
          WrittenEntries.restoring(connection, run, safetyCopy);
          return 0;
        });
  }

  void settled(long run) throws SQLException {
    update(
        () -> {
          WrittenEntries.settled(connection, run);
          return 0;
        });
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
