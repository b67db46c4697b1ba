package dev.memoryconsole.journal.postgres;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunTakenOverException;
import dev.memoryconsole.journal.common.PendingChanges.Pending;
import dev.memoryconsole.memory.ColumnValues;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes changes of entries in an open transaction. Stateless. */
final class TeamEntryWriter {
  private static final String CHANGE =
      """
      UPDATE memory_console.entries SET state = ?,
        title = coalesce(?, title),
        attempt = coalesce(CAST(? AS integer), attempt),
        text_hash = coalesce(?, text_hash),
        upgraded_at = coalesce(CAST(? AS bigint), upgraded_at),
        reason = coalesce(?, reason),
        started_at = coalesce(CAST(? AS bigint), started_at),
        finished_at = coalesce(CAST(? AS bigint), finished_at),
        enrichment = coalesce(?, enrichment),
        seen = CASE WHEN CAST(? AS boolean) THEN ? ELSE seen END,
        before = CASE WHEN CAST(? AS boolean) THEN ? ELSE before END,
        written = CASE WHEN CAST(? AS boolean) THEN ? ELSE written END,
        columns_before = CASE WHEN CAST(? AS boolean) THEN ? ELSE columns_before END,
        columns_written = CASE WHEN CAST(? AS boolean) THEN ? ELSE columns_written END,
        reapplied = reapplied + CAST(? AS integer)
      WHERE run = ? AND position = ? AND worker = ?\
      """;

  private static final String MARK =
      "UPDATE memory_console.runs SET last_marker = ? WHERE id = ? AND last_marker < ?";

  private TeamEntryWriter() {}

  /**
   * Writes changes of different entries.
   *
   * @param workers this console's part in a run
   * @param again how often more each of them was written now
   * @throws RunTakenOverException if one of them is another's by now: nothing may be committed
   */
  static void change(
      Connection connection, List<Pending> changes, LongUnaryOperator workers, int again)
      throws SQLException {
    try (PreparedStatement change = connection.prepareStatement(CHANGE)) {
      for (Pending next : changes) {
        set(change, next, workers.applyAsLong(next.run()), again);
        change.addBatch();
      }
      int[] rows = change.executeBatch();
      for (int i = 0; i < rows.length; i++) {
        if (rows[i] != 1) {
          throw new RunTakenOverException(changes.get(i).run());
        }
      }
    } catch (BatchUpdateException e) {
      // What the server says is in the next one.
      throw e.getNextException() == null ? e : e.getNextException();
    }
    if (again > 0) {
      mark(connection, changes);
    }
  }

  private static void set(PreparedStatement change, Pending next, long worker, int again)
      throws SQLException {
    EntryChange entry = next.change();
    EntryChange.Image image = entry.image();
    // An entry that was not written after all has no image of a write.
    boolean replaced =
        image != null
            || entry.enrichment() != null
            || (!entry.state().isWritten() && entry.state() != EntryState.ENRICHING);
    int at = 1;
    change.setString(at++, entry.state().name());
    change.setString(at++, entry.title());
    change.setObject(at++, entry.attempt());
    change.setString(at++, entry.textHash());
    change.setObject(at++, entry.upgradedAt());
    change.setString(at++, entry.reason());
    change.setObject(at++, entry.startedAt());
    change.setObject(at++, entry.finishedAt());
    change.setString(at++, entry.enrichment());
    for (String column :
        new @Nullable String[] {
          image == null ? null : image.seen(),
          image == null ? null : image.before(),
          image == null ? null : image.written(),
          image == null ? null : json(image.columnsBefore()),
          image == null ? null : json(image.columnsWritten())
        }) {
      change.setBoolean(at++, replaced);
      change.setString(at++, column);
    }
    change.setInt(at++, again);
    change.setLong(at++, next.run());
    change.setInt(at++, entry.position());
    change.setLong(at, worker);
  }

  private static @Nullable String json(ColumnValues columns) {
    return columns.json();
  }

  private static void mark(Connection connection, List<Pending> changes) throws SQLException {
    Map<Long, Long> markers = new HashMap<>();
    for (Pending next : changes) {
      Long marker = next.change().upgradedAt();
      if (marker != null) {
        markers.merge(next.run(), marker, Math::max);
      }
    }
    try (PreparedStatement mark = connection.prepareStatement(MARK)) {
      for (Map.Entry<Long, Long> marker : markers.entrySet()) {
        mark.setLong(1, marker.getValue());
        mark.setLong(2, marker.getKey());
        mark.setLong(3, marker.getValue());
        mark.executeUpdate();
      }
    }
  }
}
