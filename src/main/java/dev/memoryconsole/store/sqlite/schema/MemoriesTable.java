package dev.memoryconsole.store.sqlite.schema;

import dev.memoryconsole.store.sqlite.connection.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the table of memories in a file is like, whoever made it. Only reads. */
public final class MemoriesTable {
  // Also those that are generated; of a table alone: a virtual one can't have triggers.
  private static final String COLUMNS =
      "SELECT %s FROM sqlite_schema t, pragma_table_xinfo(t.name) c"
          + " WHERE t.type = 'table' AND lower(t.name) = 'memories'"
          + " AND t.sql NOT LIKE 'CREATE VIRTUAL%%'";

  private MemoriesTable() {}

  /** Whether there is such a table. */
  public static boolean isThere(Connection connection) throws SQLException {
    return !columns(connection).isEmpty();
  }

  /** Whether it has a column of this name. */
  public static boolean hasColumn(Connection connection, String name) throws SQLException {
    return columns(connection).containsKey(name);
  }

  /** Returns the declared type of each column by its name in lower case. */
  public static Map<String, String> columns(Connection connection) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    try (Statement own = connection.createStatement();
        ResultSet rows = own.executeQuery(COLUMNS.formatted("c.name, c.type"))) {
      while (rows.next()) {
        columns.put(rows.getString(1).toLowerCase(Locale.ROOT), rows.getString(2));
      }
    }
    return columns;
  }

  /** Returns the names, in lower case, of the columns that it works out by itself. */
  public static List<String> generatedColumns(Connection connection) throws SQLException {
    return Sql.strings(connection, COLUMNS.formatted("lower(c.name)") + " AND c.hidden > 1");
  }

  /** Whether the rows have row numbers. */
  static boolean hasRowNumbers(Connection connection) throws SQLException {
    return isListed(connection, "NOT wr");
  }

  /** Whether values must be of their column's type. */
  public static boolean isStrict(Connection connection) throws SQLException {
    return isListed(connection, "strict");
  }

  private static boolean isListed(Connection connection, String property) throws SQLException {
    return Sql.number(
            connection,
            "SELECT coalesce(max("
                + property
                + "), 0) FROM pragma_table_list"
                + " WHERE schema = 'main' AND lower(name) = 'memories'")
        == 1;
  }

  /** Counts the rows. */
  public static long rows(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT count(*) FROM memories");
  }

  /** Whether there are more rows than these; looks at no more of them. */
  public static boolean hasMoreThan(Connection connection, int rows) throws SQLException {
    return Sql.number(
            connection, "SELECT EXISTS (SELECT 1 FROM memories LIMIT 1 OFFSET " + rows + ")")
        == 1;
  }

  /** Whether the file keeps its text as UTF-16. */
  public static boolean isUtf16(Connection connection) throws SQLException {
    return !Sql.strings(connection, "PRAGMA encoding").contains("UTF-8");
  }

  /** Whether the file has a write-ahead log, so that who reads is in nobody's way. */
  static boolean hasLog(Connection connection) throws SQLException {
    return Sql.strings(connection, "PRAGMA journal_mode").contains("wal");
  }

  /** Whether each id is found by an index. */
  public static boolean isKeyed(Connection connection) throws SQLException {
    return Sql.number(
            connection,
            """
            SELECT EXISTS (SELECT 1 FROM pragma_index_list('memories') i
              WHERE i."unique" AND NOT i.partial
                AND (SELECT group_concat(lower(name)) FROM pragma_index_info(i.name)) = 'id')
            """)
        == 1;
  }

  /** Whether an index of ours answers by scope and category. */
  public static boolean hasScopeIndex(Connection connection) throws SQLException {
    return Sql.strings(
            connection, "SELECT group_concat(lower(name)) FROM pragma_index_info('memories_scope')")
        .contains("scope,category");
  }
}
