package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.memory.RowColumn;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * Writes columns beside the metadata. SQLite's columns take values of any type: one that holds
 * another than the contract says could not be put back as it is, so its row is left alone.
 *
 * @param update writes what is spoken of and leaves the rest as it is
 * @param types tells what the columns hold
 */
record ColumnStatements(PreparedStatement update, PreparedStatement types) {
  // A whole number comes back as one only where the column makes it one again.
  private static final String TYPES =
      """
      SELECT typeof(category) AS category, typeof(scope) AS scope,
        CASE WHEN typeof(importance) = 'integer' AND (CAST(importance AS REAL) <> importance
          OR EXISTS (SELECT 1 FROM pragma_table_info('memories') WHERE name = 'importance'
            COLLATE NOCASE AND (type = '' OR type LIKE '%BLOB%')))
        THEN 'large' ELSE typeof(importance) END AS importance
      FROM memories WHERE id = ?\
      """;

  static ColumnStatements of(Connection connection) throws SQLException {
    return new ColumnStatements(
        connection.prepareStatement(
            "UPDATE memories SET metadata = ?1, category = CASE WHEN ?2 THEN ?3 ELSE category END,"
                + " scope = CASE WHEN ?4 THEN ?5 ELSE scope END,"
                + " importance = CASE WHEN ?6 THEN ?7 ELSE importance END, version = version + 1"
                + " WHERE id = ?8"),
        connection.prepareStatement(TYPES));
  }

  /** Why a column can't be written and put back as it is; null if it can. */
  @Nullable Message flaw(RowWrite.Change write) throws SQLException {
    types.setString(1, write.before().id());
    try (ResultSet row = types.executeQuery()) {
      row.next();
      for (RowColumn column : write.columns().values().keySet()) {
        String type = row.getString(column.key());
        if (!fits(column, type)) {
          return column == RowColumn.IMPORTANCE
              ? SqliteCode.IMPORTANCE_NO_NUMBER.with()
              : SqliteCode.COLUMN_NO_TEXT.with(column.key());
        }
      }
    }
    return null;
  }

  private static boolean fits(RowColumn column, String type) {
    return switch (type) {
      case "null" -> true;
      case "text" -> column != RowColumn.IMPORTANCE;
      case "real", "integer" -> column == RowColumn.IMPORTANCE;
      default -> false;
    };
  }

  void write(RowWrite.Change write) throws SQLException {
    ColumnValues columns = write.columns();
    update.setString(1, write.metadata());
    put(2, columns, RowColumn.CATEGORY);
    put(4, columns, RowColumn.SCOPE);
    put(6, columns, RowColumn.IMPORTANCE);
    update.setString(8, write.before().id());
    update.executeUpdate();
  }

  private void put(int index, ColumnValues columns, RowColumn column) throws SQLException {
    update.setBoolean(index, columns.has(column));
    Object value = columns.has(column) ? columns.values().get(column) : null;
    if (value == null) {
      update.setNull(index + 1, Types.NULL);
    } else {
      update.setObject(index + 1, value);
    }
  }
}
