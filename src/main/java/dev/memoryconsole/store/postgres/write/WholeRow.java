package dev.memoryconsole.store.postgres.write;

import dev.memoryconsole.memory.RowImage;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.batch.RowCells;
import dev.memoryconsole.store.postgres.connection.PostgresAddress;
import dev.memoryconsole.store.postgres.connection.PostgresCode;
import dev.memoryconsole.store.postgres.table.TableShape;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row as the server writes it: each column's type and its value as text, which reads back as the
 * same value, also where nothing here knows the type.
 *
 * @param cells in the table's order
 */
record WholeRow(List<Cell> cells) {
  /**
   * One column.
   *
   * @param type as the server writes it
   * @param value null for nothing
   */
  record Cell(String name, String type, @Nullable String value) {}

  WholeRow {
    cells = List.copyOf(cells);
  }

  RowImage image() {
    return RowCells.image(
        cells.stream()
            .map(
                cell -> {
                  String value = cell.value();
                  return new RowCells.Cell(
                      cell.name(),
                      cell.type(),
                      value == null ? null : value.getBytes(StandardCharsets.UTF_8));
                })
            .toList());
  }

  /**
   * Reads what {@link #image} made.
   *
   * @throws java.io.UncheckedIOException if it is none of these
   */
  static WholeRow of(RowImage image) {
    return new WholeRow(
        RowCells.of(image).stream()
            .map(
                cell -> {
                  byte[] value = cell.value();
                  return new Cell(
                      cell.name(),
                      cell.type(),
                      value == null ? null : new String(value, StandardCharsets.UTF_8));
                })
            .toList());
  }

  /** Reads whole the rows with these ids. */
  static Map<String, WholeRow> read(Connection connection, TableShape shape, Collection<String> ids)
      throws SQLException {
    Map<String, WholeRow> rows = new HashMap<>();
    List<String> names = List.copyOf(shape.columns().keySet());
    String columns =
        String.join(
            ", ",
            names.stream()
                .map(name -> "CAST(" + PostgresAddress.quoted(name) + " AS text)")
                .toList());
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT CAST(id AS text), "
                + columns
                + " FROM "
                + shape.name()
                + " WHERE id = ANY (?)")) {
      statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          List<Cell> cells = new ArrayList<>();
          for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String type = shape.columns().getOrDefault(name, "");
            cells.add(new Cell(name, type, row.getString(i + 2)));
          }
          rows.put(row.getString(1), new WholeRow(cells));
        }
      }
    }
    return rows;
  }

  /** Why the row can't be put back into a table as it is now; null if it can. */
  @Nullable Message flaw(TableShape shape) {
    for (Cell cell : cells) {
      String now = shape.columns().get(cell.name());
      if (now == null ? cell.value() != null : !now.equals(cell.type())) {
        return PostgresCode.COLUMN_DIFFERS.with(cell.name());
      }
    }
    return null;
  }

  /** Adds the row to a table that it has no flaw for. Its version goes on from where it was. */
  void addTo(Connection connection, TableShape shape) throws SQLException {
    List<Cell> there =
        cells.stream().filter(cell -> shape.columns().containsKey(cell.name())).toList();
    String names =
        String.join(", ", there.stream().map(cell -> PostgresAddress.quoted(cell.name())).toList());
    String values =
        String.join(
            ", ",
            there.stream()
                .map(
                    cell ->
                        isVersion(shape, cell)
                            ? "CAST(? AS bigint) + 1"
                            : "CAST(? AS " + cell.type() + ")")
                .toList());
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO " + shape.name() + " (" + names + ") VALUES (" + values + ")")) {
      for (int i = 0; i < there.size(); i++) {
        statement.setString(i + 1, there.get(i).value());
      }
      statement.executeUpdate();
    }
  }

  private static boolean isVersion(TableShape shape, Cell cell) {
    return shape.keepsVersions() && cell.name().equals(TableShape.VERSION);
  }
}
