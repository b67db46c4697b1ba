package dev.memoryconsole.store.postgres.read;

import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.scan.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads rows as {@link dev.memoryconsole.store.postgres.table.TableShape#selected} has them. */
public final class EntryRows {
  private static final int ID = 1;
  private static final int TEXT = 2;
  private static final int CATEGORY = 3;
  private static final int SCOPE = 4;
  private static final int IMPORTANCE = 5;
  private static final int TIMESTAMP = 6;
  private static final int METADATA = 7;
  private static final int VERSION = 8;

  private EntryRows() {}

  /** All rows of an answer. */
  static List<MemoryEntry> all(ResultSet row) throws SQLException {
    List<MemoryEntry> entries = new ArrayList<>();
    while (row.next()) {
      entries.add(entry(row));
    }
    return entries;
  }

  /** The row that the cursor is at. */
  public static MemoryEntry entry(ResultSet row) throws SQLException {
    String text = row.getString(TEXT);
    return new MemoryEntry(
        row.getString(ID),
        text == null ? "" : text,
        row.getString(CATEGORY),
        row.getString(SCOPE),
        importance(row),
        timestamp(row),
        row.getString(METADATA),
        row.getLong(VERSION));
  }

  /**
   * What is needed of a row to choose and sort it.
   *
   * @param place its number in the answer
   * @param interned the names so far, of which there are few
   */
  static Row row(ResultSet row, String id, long place, Map<String, String> interned)
      throws SQLException {
    String category = one(interned, row.getString(CATEGORY));
    Double importance = importance(row);
    return new Row(
        id,
        category,
        one(interned, row.getString(SCOPE)),
        importance == null ? Double.NEGATIVE_INFINITY : importance,
        Row.millis(timestamp(row)),
        LegacyRule.traitsOf(id, category, metadata(row)),
        place);
  }

  static @Nullable String id(ResultSet row) throws SQLException {
    return row.getString(ID);
  }

  static @Nullable String text(ResultSet row) throws SQLException {
    return row.getString(TEXT);
  }

  static @Nullable String metadata(ResultSet row) throws SQLException {
    return row.getString(METADATA);
  }

  private static @Nullable String one(Map<String, String> interned, @Nullable String value) {
    return value == null ? null : interned.computeIfAbsent(value, same -> same);
  }

  private static @Nullable Double importance(ResultSet row) throws SQLException {
    double value = row.getDouble(IMPORTANCE);
    return row.wasNull() ? null : Double.valueOf(value);
  }

  private static @Nullable Long timestamp(ResultSet row) throws SQLException {
    long value = row.getLong(TIMESTAMP);
    return row.wasNull() ? null : Long.valueOf(value);
  }

  /** Gives a statement a list of texts, any of which may be missing. */
  public static void setTexts(
      PreparedStatement statement, int index, Collection<? extends @Nullable String> texts)
      throws SQLException {
    Connection connection = statement.getConnection();
    // Of an array of strings the driver sends the bytes; of other objects it writes a text.
    statement.setArray(index, connection.createArrayOf("text", texts.toArray(new String[0])));
  }
}
