package dev.memoryconsole.journal.common;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.message.MessageText;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Makes entries of rows; journals name their columns alike, wherever they are. Stateless. */
public final class EntryRows {
  private EntryRows() {}

  /** The entry of the row that the result is at, for those who look at it. */
  public static EntryRecord record(ResultSet row) throws SQLException {
    return new EntryRecord(
        row.getLong("run"),
        row.getInt("position"),
        row.getString("id"),
        row.getString("title"),
        EntryState.valueOf(row.getString("state")),
        MessageText.read(row.getString("reason")),
        row.getInt("attempt"),
        row.getLong("millis"),
        row.getString("seen"),
        row.getString("before"),
        row.getString("written"),
        columns(row, "columns_before"),
        columns(row, "columns_written"),
        row.getInt("reapplied"),
        Statements.longOrNull(row, "finished_at"));
  }

  /** The entry of the row that the result is at, for those who work on it. */
  public static EntryProgress progress(
      ResultSet row, @Nullable String enrichment, EntryChange.Image image, @Nullable String plan)
      throws SQLException {
    return new EntryProgress(
        row.getInt("position"),
        row.getString("id"),
        row.getString("title"),
        EntryState.valueOf(row.getString("state")),
        row.getInt("attempt"),
        row.getLong("started_at"),
        row.getString("text_hash"),
        Statements.longOrNull(row, "upgraded_at"),
        enrichment,
        image.before(),
        image.written(),
        image.columnsBefore(),
        image.columnsWritten(),
        image.rowBefore(),
        image.rowWritten(),
        plan);
  }

  /** Columns beside the metadata. */
  public static ColumnValues columns(ResultSet row, String name) throws SQLException {
    return ColumnValues.ofJson(row.getString(name));
  }
}
