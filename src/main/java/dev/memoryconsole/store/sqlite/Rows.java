package dev.memoryconsole.store.sqlite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.memory.MemoryEntry;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of the table to entries and back. */
final class Rows {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The rows with the ids of a JSON array, in its order. */
  static final String BY_IDS =
      "SELECT m.id, m.text, m.category, m.scope, m.importance, m.timestamp, m.metadata, m.version"
          + " FROM json_each(?) wanted CROSS JOIN memories m ON m.id = wanted.value"
          + " ORDER BY wanted.key";

  private Rows() {}

  static List<MemoryEntry> byIds(PreparedStatement statement, Collection<String> ids)
      throws SQLException {
    statement.setString(1, jsonArray(ids));
    List<MemoryEntry> entries = new ArrayList<>(ids.size());
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        entries.add(entry(rows));
      }
    }
    return entries;
  }

  /** Any number of values as one parameter, to be read with {@code json_each}. */
  static String jsonArray(Collection<String> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static MemoryEntry entry(ResultSet row) throws SQLException {
    String text = row.getString(2);
    return new MemoryEntry(
        row.getString(1),
        text == null ? "" : text,
        row.getString(3),
        row.getString(4),
        decimal(row.getObject(5)),
        whole(row.getObject(6)),
        row.getString(7),
        row.getLong(8));
  }

  // SQLite's columns take values of any type, and other programs write what they like.
  private static @Nullable Double decimal(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Number number -> number.doubleValue();
      default -> parse(value.toString());
    };
  }

  private static @Nullable Long whole(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Integer number -> number.longValue();
      case Long number -> number;
      default -> {
        Double number = decimal(value);
        yield number == null || !Double.isFinite(number) ? null : (long) Math.floor(number);
      }
    };
  }

  private static @Nullable Double parse(String value) {
    try {
      return Double.valueOf(value.strip());
    } catch (NumberFormatException noNumber) {
      return null;
    }
  }
}
