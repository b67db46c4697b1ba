package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.memory.RowImage;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.schema.MemoriesTable;
import dev.memoryconsole.store.sqlite.write.WholeRow.Cell;
import dev.memoryconsole.store.sqlite.write.WholeRow.Storage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows whole, deletes them, and puts them back: all columns that the table has at the time,
 * also those that are nobody's but another program's, but those that it works out by itself. For
 * one transaction.
 */
final class WholeRows {
  private static final Pattern NUMBER =
      Pattern.compile("\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*");

  private final Connection connection;
  private final Map<String, String> types;
  private final boolean strict;

  private WholeRows(Connection connection, Map<String, String> types, boolean strict) {
    this.connection = connection;
    this.types = types;
    this.strict = strict;
  }

  /** Looks at the table's columns. */
  static WholeRows of(Connection connection) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>(MemoriesTable.columns(connection));
    MemoriesTable.generatedColumns(connection).forEach(types::remove);
    return new WholeRows(connection, types, MemoriesTable.isStrict(connection));
  }

  /** The only row with this id; null if there is none, or more than one. */
  @Nullable WholeRow read(String id) throws SQLException {
    String columns =
        types.keySet().stream()
            .map(WholeRows::quoted)
            .map(
                "typeof(%1$s), CASE typeof(%1$s) WHEN 'text' THEN CAST(%1$s AS BLOB) ELSE %1$s END"
                    ::formatted)
            .collect(Collectors.joining(", "));
    try (PreparedStatement select =
        connection.prepareStatement("SELECT " + columns + " FROM memories WHERE id = ?")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        List<Cell> cells = new ArrayList<>(types.size());
        for (String name : types.keySet()) {
          int at = 2 * cells.size() + 1;
          Storage storage = Storage.of(row.getString(at));
          cells.add(new Cell(name, storage, bytes(row, at + 1, storage)));
        }
        return row.next() ? null : new WholeRow(cells);
      }
    }
  }

  private static byte[] bytes(ResultSet row, int at, Storage storage) throws SQLException {
    return switch (storage) {
      case NULL -> new byte[0];
      case INTEGER -> ByteBuffer.allocate(Long.BYTES).putLong(row.getLong(at)).array();
      case REAL -> ByteBuffer.allocate(Double.BYTES).putDouble(row.getDouble(at)).array();
      case TEXT, BLOB -> {
        byte[] bytes = row.getBytes(at);
        yield bytes == null ? new byte[0] : bytes;
      }
    };
  }

  /** Why a row could not be put back as it is; null if it could. */
  @Nullable Message flaw(WholeRow row) {
    for (Cell cell : row.cells()) {
      String type = types.get(cell.name());
      if (type == null) {
        if (cell.storage() != Storage.NULL) {
          return SqliteCode.COLUMN_GONE.with(cell.name());
        }
      } else if (!comesBack(cell, type)) {
        return SqliteCode.COLUMN_NOT_EXACT.with(cell.name());
      }
    }
    return null;
  }

  // What SQLite makes of a value on its way into a column of that type, which need not have been
  // its type when the value was written.
  private boolean comesBack(Cell cell, String declared) {
    String type = declared.toUpperCase(Locale.ROOT);
    if (type.contains("INT")) {
      return comesBackAsNumber(cell, false);
    }
    if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
      return cell.storage() != Storage.INTEGER && cell.storage() != Storage.REAL;
    }
    if (type.isEmpty() || type.contains("BLOB") || (strict && type.equals("ANY"))) {
      return true;
    }
    boolean real = type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB");
    return comesBackAsNumber(cell, real);
  }

  private static boolean comesBackAsNumber(Cell cell, boolean real) {
    return switch (cell.storage()) {
      case NULL, BLOB -> true;
      case INTEGER -> !real;
      case REAL -> {
        double value = ByteBuffer.wrap(cell.bytes()).getDouble();
        yield real || value != (long) value;
      }
      case TEXT -> !NUMBER.matcher(new String(cell.bytes(), StandardCharsets.UTF_8)).matches();
    };
  }

  /** Deletes the row with this id. */
  void delete(String id) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM memories WHERE id = ?")) {
      delete.setString(1, id);
      delete.executeUpdate();
    }
  }

  /** Puts a row back of which {@link #flaw} has nothing to say. */
  void add(RowImage image) throws SQLException {
    List<Cell> cells =
        WholeRow.of(image).cells().stream().filter(cell -> types.containsKey(cell.name())).toList();
    String names =
        cells.stream().map(cell -> quoted(cell.name())).collect(Collectors.joining(", "));
    String values =
        cells.stream()
            .map(cell -> cell.storage() == Storage.TEXT ? "CAST(? AS TEXT)" : "?")
            .collect(Collectors.joining(", "));
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO memories (" + names + ") VALUES (" + values + ")")) {
      for (int i = 0; i < cells.size(); i++) {
        Cell cell = cells.get(i);
        ByteBuffer number = ByteBuffer.wrap(cell.bytes());
        switch (cell.storage()) {
          case NULL -> insert.setNull(i + 1, Types.NULL);
          case INTEGER -> insert.setLong(i + 1, number.getLong());
          case REAL -> insert.setDouble(i + 1, number.getDouble());
          case TEXT, BLOB -> insert.setBytes(i + 1, cell.bytes());
        }
      }
      insert.executeUpdate();
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
