package dev.memoryconsole.store.sqlite.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** RowReader of the table to entries and back. */
public final class RowReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  // What is longer is left alone, and not even read.
  private static final long MOST_BYTES = 64L << 20;

  private static final List<String> TEXTS = List.of("text", "category", "scope", "metadata");

  private RowReader() {}

  private static String columns(TableLayout layout) {
    String rowNumber = layout.rowNumber("m");
    return layout.text("m.id")
        + ", "
        + shortened(layout, "m.text")
        + ", "
        + shortened(layout, "m.category")
        + ", "
        + shortened(layout, "m.scope")
        + ", "
        + shortened(layout, "m.metadata")
        + ", m.importance, m.timestamp, "
        + (layout.versions() ? "m.version" : "0")
        + ", "
        + (rowNumber == null ? "NULL" : rowNumber)
        + TEXTS.stream()
            .map("coalesce(octet_length(m.%s), 0)"::formatted)
            .collect(Collectors.joining(", ", ", max(", ")"));
  }

  private static String shortened(TableLayout layout, String column) {
    return "CASE WHEN octet_length(%s) > %d THEN '' ELSE %s END"
        .formatted(column, MOST_BYTES, layout.text(column));
  }

  /** The rows with the ids of a JSON array, in its order. */
  public static String byIds(TableLayout layout) {
    return "SELECT "
        + columns(layout)
        + " FROM json_each(?) wanted CROSS JOIN memories m ON m.id = wanted.value"
        + " ORDER BY wanted.key";
  }

  /** The rows with these ids, in their order; also those whose id is none that a string holds. */
  public static List<MemoryEntry> find(
      Connection connection, TableLayout layout, Collection<String> ids) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(byIds(layout))) {
      return byIds(statement, layout, ids);
    }
  }

  /** Reads the rows with the statement of {@link #byIds(TableLayout)}, prepared before. */
  public static List<MemoryEntry> byIds(
      PreparedStatement statement, TableLayout layout, Collection<String> ids) throws SQLException {
    statement.setString(1, jsonArray(ids));
    List<MemoryEntry> entries = new ArrayList<>(ids.size());
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        entries.add(entry(rows, layout));
      }
    }
    List<MemoryEntry> odd = new ArrayList<>();
    for (String id : ids) {
      Optional<String> condition = OddIds.condition(id, "m", layout.rowNumber("m"));
      if (condition.isPresent()) {
        odd.addAll(where(statement.getConnection(), layout, condition.get()));
      }
    }
    return odd.isEmpty() ? entries : inOrder(ids, entries, odd);
  }

  private static List<MemoryEntry> where(
      Connection connection, TableLayout layout, String condition) throws SQLException {
    List<MemoryEntry> found = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT " + columns(layout) + " FROM memories m WHERE " + condition);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        MemoryEntry entry = entry(rows, layout);
        if (entry.flaw() != null) {
          found.add(entry);
        }
      }
    }
    return found;
  }

  private static List<MemoryEntry> inOrder(
      Collection<String> ids, List<MemoryEntry> entries, List<MemoryEntry> odd) {
    Map<String, List<MemoryEntry>> byId = new LinkedHashMap<>();
    ids.forEach(id -> byId.put(id, new ArrayList<>(1)));
    Stream.concat(entries.stream(), odd.stream())
        .forEach(entry -> byId.computeIfAbsent(entry.id(), id -> new ArrayList<>(1)).add(entry));
    return byId.values().stream().flatMap(List::stream).toList();
  }

  /** Any number of values as one parameter, to be read with {@code json_each}. */
  static String jsonArray(Collection<String> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static MemoryEntry entry(ResultSet row, TableLayout layout) throws SQLException {
    String id = OddIds.of(row, 1, row.getObject(9));
    String[] texts = new String[TEXTS.size()];
    Message flaw = flawOfId(row.getObject(1), id, layout);
    for (int i = 0; i < texts.length; i++) {
      Object value = row.getObject(i + 2);
      texts[i] = value == null || value instanceof String ? (String) value : row.getString(i + 2);
      if (flaw == null && value != null) {
        flaw = flaw(row, i, value, layout);
      }
    }
    long bytes = row.getLong(10);
    if (flaw == null && bytes > MOST_BYTES) {
      flaw = SqliteCode.ROW_HUGE.with(bytes >> 20);
    }
    return new MemoryEntry(
        id,
        texts[0] == null ? "" : texts[0],
        texts[1],
        texts[2],
        decimal(row.getObject(6)),
        whole(row.getObject(7)),
        texts[3],
        row.getLong(8),
        flaw);
  }

  private static @Nullable Message flawOfId(@Nullable Object value, String id, TableLayout layout) {
    return switch (value) {
      case null -> SqliteCode.ROW_WITHOUT_ID.with();
      case String text when text.equals(id) -> null;
      case String _ -> SqliteCode.NOT_UTF8.with("id");
      case byte[] _ -> noText(layout, "id");
      default -> SqliteCode.IS_NUMBER.with("id");
    };
  }

  private static @Nullable Message flaw(ResultSet row, int text, Object value, TableLayout layout)
      throws SQLException {
    String name = TEXTS.get(text);
    return switch (value) {
      case String string ->
          OddIds.isSound(row, text + 2, string) ? null : SqliteCode.NOT_UTF8.with(name);
      case byte[] _ -> noText(layout, name);
      // The other columns are never written.
      default -> name.equals("metadata") ? SqliteCode.IS_NUMBER.with(name) : null;
    };
  }

  private static Message noText(TableLayout layout, String column) {
    return (layout.utf16() ? SqliteCode.NOT_UTF16 : SqliteCode.IS_BLOB).with(column);
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
