package dev.memoryconsole.journal.sqlite;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunTakenOverException;
import dev.memoryconsole.journal.common.PendingChanges.Pending;
import dev.memoryconsole.journal.database.JournalTransactions;
import dev.memoryconsole.journal.database.JournalTransactions.Safety;
import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.journal.lives.RunClaims;
import dev.memoryconsole.memory.RowImage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statements that write changes of entries; each call is one transaction. Used under the
 * journal's writing lock.
 */
final class EntryWriter {
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
      INSERT INTO results (enrichment, before, written, entry, columns_before, columns_written, seen,
        row_before, row_written)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      ON CONFLICT (entry) DO UPDATE SET
        enrichment = coalesce(excluded.enrichment, enrichment),
        before = excluded.before,
        written = excluded.written,
        columns_before = excluded.columns_before,
        columns_written = excluded.columns_written,
        seen = excluded.seen,
        row_before = excluded.row_before,
        row_written = excluded.row_written\
      """;

  private static final String FORGET =
      "UPDATE results SET before = NULL, written = NULL, columns_before = NULL,"
          + " columns_written = NULL, seen = NULL, row_before = NULL, row_written = NULL"
          + " WHERE entry = ? AND coalesce(before, written, row_before, row_written) IS NOT NULL";

  private static final String BEGIN =
      "UPDATE entries SET waiting = NULL WHERE run = ?"
          + " AND position IN (SELECT value FROM json_each(?)) AND waiting = 1";

  private final Connection connection;
  private final Statements statements;
  private final JournalTransactions transactions;
  private final RunClaims claims;
  private @Nullable Prepared prepared;

  private record Prepared(
      PreparedStatement change,
      PreparedStatement keep,
      PreparedStatement forget,
      PreparedStatement begin,
      int failures) {}

  EntryWriter(Connection connection, JournalTransactions transactions, RunClaims claims) {
    this.connection = connection;
    this.statements = new Statements(connection);
    this.transactions = transactions;
    this.claims = claims;
  }

  private Prepared prepared() throws SQLException {
    Prepared ready = prepared;
    // After some failures, a full disk is one, the driver has closed statements for good.
    if (ready == null || ready.failures() != transactions.failures()) {
      ready =
          new Prepared(
              connection.prepareStatement(CHANGE),
              connection.prepareStatement(KEEP),
              connection.prepareStatement(FORGET),
              connection.prepareStatement(BEGIN),
              transactions.failures());
      prepared = ready;
    }
    return ready;
  }

  /** Moves what was written into the file; waits for nobody. */
  void checkpoint() throws SQLException {
    statements.number("PRAGMA wal_checkpoint(PASSIVE)");
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
    transactions.run(
        safety,
        patience,
        () -> {
          Map<Long, Boolean> ours = new HashMap<>();
          List<Pending> written = new ArrayList<>(changes.size());
          if (own != null) {
            claims.requireOurs(statements, own);
            ours.put(own, true);
          }
          for (Pending next : changes) {
            Boolean known = ours.get(next.run());
            boolean write = known == null ? claims.isOurs(statements, next.run()) : known;
            ours.put(next.run(), write);
            if (write) {
              written.add(next);
            }
          }
          changeAll(written);
          return 0;
        });
  }

  /**
   * Announces that entries of a run are written once more, and counts that; safe when it returns,
   * because the marker of the write is a new one.
   */
  void changeAgain(long run, List<Pending> changes) throws SQLException {
    transactions.run(
        Safety.SYNCED,
        JournalTransactions.AT_ONCE,
        () -> {
          claims.requireOurs(statements, run);
          statements.update(
              "UPDATE entries SET reapplied = reapplied + 1 WHERE run = ?"
                  + " AND position IN (SELECT value FROM json_each(?))",
              run,
              changes.stream().map(next -> next.change().position()).toList().toString());
          changeAll(changes);
          return 0;
        });
  }

  private void changeAll(List<Pending> changes) throws SQLException {
    begin(changes);
    for (Pending next : changes) {
      changeOne(next.run(), next.change());
    }
    mark(changes);
  }

  /** Has entries found by their ids that were not begun before. */
  private void begin(List<Pending> changes) throws SQLException {
    Map<Long, List<Integer>> positions = new HashMap<>();
    for (Pending next : changes) {
      positions.computeIfAbsent(next.run(), run -> new ArrayList<>()).add(next.change().position());
    }
    PreparedStatement begin = prepared().begin();
    for (Map.Entry<Long, List<Integer>> each : positions.entrySet()) {
      begin.setLong(1, each.getKey());
      begin.setString(2, each.getValue().toString());
      begin.executeUpdate();
    }
  }

  /** Notes the greatest markers that were announced. */
  private void mark(List<Pending> changes) throws SQLException {
    Map<Long, Long> markers = new HashMap<>();
    for (Pending next : changes) {
      Long marker = next.change().upgradedAt();
      if (marker != null) {
        markers.merge(next.run(), marker, Math::max);
      }
    }
    for (Map.Entry<Long, Long> marker : markers.entrySet()) {
      statements.update(
          "UPDATE runs SET last_marker = ?1 WHERE id = ?2 AND last_marker < ?1",
          marker.getValue(),
          marker.getKey());
    }
  }

  private void changeOne(long run, EntryChange next) throws SQLException {
    keep(run, next);
    PreparedStatement change = prepared().change();
    change.setString(1, next.state().name());
    change.setString(2, next.title());
    change.setObject(3, next.attempt());
    change.setString(4, next.textHash());
    change.setObject(5, next.upgradedAt());
    change.setString(6, next.reason());
    change.setObject(7, next.startedAt());
    change.setObject(8, next.finishedAt());
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
      keep.setString(5, image == null ? null : image.columnsBefore().json());
      keep.setString(6, image == null ? null : image.columnsWritten().json());
      keep.setString(7, image == null ? null : image.seen());
      keep.setBytes(8, image == null ? null : bytes(image.rowBefore()));
      keep.setBytes(9, image == null ? null : bytes(image.rowWritten()));
      keep.executeUpdate();
    } else if (!next.state().isWritten() && next.state() != EntryState.ENRICHING) {
      // An entry that was not written after all has no image of a write.
      PreparedStatement forget = prepared().forget();
      forget.setLong(1, entry);
      forget.executeUpdate();
    }
  }

  private static byte @Nullable [] bytes(@Nullable RowImage row) {
    return row == null ? null : row.bytes();
  }
}
