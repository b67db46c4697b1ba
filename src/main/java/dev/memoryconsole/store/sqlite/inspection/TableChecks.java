package dev.memoryconsole.store.sqlite.inspection;

import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.sqlite.connection.Sql;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.schema.MemoriesTable;
import dev.memoryconsole.store.sqlite.schema.PiecewiseRead;
import dev.memoryconsole.store.sqlite.schema.Schema;
import dev.memoryconsole.store.sqlite.schema.StoreForm;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a table of memories must be like: to be read at all, and to be written. Only reads. Every
 * refusal is one sentence.
 */
public final class TableChecks {
  private static final List<String> REQUIRED =
      List.of("id", "text", "category", "scope", "importance", "timestamp", "metadata");

  // What a fifth of a second per megabyte of text, and a fiftieth per megabyte of JSON, allows for
  // under a lock that others wait for.
  private static final long LONGEST_TEXT = 4L << 20;
  private static final long LONGEST_METADATA = 16L << 20;

  // An index on so many rows is made in the time that the lock may be held.
  private static final int ROWS_TO_INDEX = 20_000;

  private TableChecks() {}

  /** Refuses a database whose tables are not those of a store. */
  public static void accept(Path file, Connection connection) throws SQLException {
    long version = Sql.number(connection, "PRAGMA user_version");
    boolean ours = Sql.number(connection, "PRAGMA application_id") == Schema.APPLICATION_ID;
    if (version > Schema.VERSION && ours) {
      throw new StoreException(SqliteCode.NEWER_FORMAT.with(file, version, Schema.VERSION));
    }
    Map<String, String> columns = MemoriesTable.columns(connection);
    if (columns.isEmpty()) {
      throw new StoreException(SqliteCode.NO_TABLE.with(file));
    }
    List<String> missing = REQUIRED.stream().filter(name -> !columns.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new StoreException(SqliteCode.COLUMN_MISSING.with(file, missing));
    }
    // Such a column makes a number of every text that looks like one: ids would become others.
    if (isNumeric(columns.getOrDefault("id", ""), MemoriesTable.isStrict(connection))) {
      throw new StoreException(SqliteCode.ID_NOT_TEXT.with(file, columns.getOrDefault("id", "")));
    }
  }

  /**
   * Refuses a table that can be read but not be written. Goes through all rows if it has a column
   * {@code version}; in pieces where that would keep others out, so outside of a transaction.
   *
   * @throws StoreException why; nothing was changed
   */
  public static void adoptable(Path file, Connection connection) throws SQLException {
    refuseUtf16(file, connection);
    refuseGenerated(file, connection);
    ForeignTriggers.refuseConflicts(file, connection);
    ForeignTriggers.refuseWhatCannotRun(file, connection);
    versions(file, connection);
    if (MemoriesTable.isKeyed(connection)) {
      return;
    }
    if (MemoriesTable.hasMoreThan(connection, ROWS_TO_INDEX)) {
      throw new StoreException(SqliteCode.NO_INDEX.with(file));
    }
    String twice =
        "SELECT EXISTS (SELECT 1 FROM memories WHERE id IS NOT NULL GROUP BY id HAVING count(*) >"
            + " 1)";
    if (Sql.number(connection, twice) == 1) {
      throw new StoreException(SqliteCode.DUPLICATE_IDS.with(file));
    }
  }

  /** Refuses to write to a file that keeps its text as UTF-16. */
  public static void refuseUtf16(Path file, Connection connection) throws SQLException {
    if (MemoriesTable.isUtf16(connection)) {
      throw new StoreUnavailableException(SqliteCode.UTF16.with(file));
    }
  }

  // Such a column follows from others, which an upgrade would change behind everybody's back.
  private static void refuseGenerated(Path file, Connection connection) throws SQLException {
    Set<String> ours = new HashSet<>(REQUIRED);
    ours.addAll(List.of("vector", "version"));
    List<String> generated =
        MemoriesTable.generatedColumns(connection).stream().filter(ours::contains).toList();
    if (!generated.isEmpty()) {
      throw new StoreUnavailableException(SqliteCode.GENERATED_COLUMN.with(file, generated));
    }
  }

  /**
   * Refuses a table whose adoption would keep others waiting, because of a single row. Goes through
   * all rows; in pieces where that would keep others out, so outside of a transaction.
   */
  public static void refuseHuge(Path file, Connection connection) throws SQLException {
    boolean huge =
        any(
            connection,
            "SELECT EXISTS (SELECT 1 FROM memories WHERE (octet_length(text) > "
                + LONGEST_TEXT
                + " OR octet_length(metadata) > "
                + LONGEST_METADATA
                + ")%s)");
    if (huge) {
      throw new StoreUnavailableException(
          SqliteCode.HUGE_MEMORY.with(file, LONGEST_TEXT >> 20, LONGEST_METADATA >> 20));
    }
  }

  // Version is this program's column, but somebody else may have one of that name already.
  private static void versions(Path file, Connection connection) throws SQLException {
    Map<String, String> columns = MemoriesTable.columns(connection);
    String type = columns.get("version");
    if (type == null) {
      return;
    }
    String affinity = affinity(type);
    if (affinity.equals("TEXT") || affinity.equals("REAL") || hasOtherVersions(connection)) {
      throw new StoreException(SqliteCode.OTHER_VERSION_COLUMN.with(file));
    }
  }

  private static boolean hasOtherVersions(Connection connection) throws SQLException {
    return any(
        connection,
        "SELECT EXISTS (SELECT 1 FROM memories WHERE typeof(version) NOT IN ('integer',"
            + " 'null')%s)");
  }

  private static boolean any(Connection connection, String sql) throws SQLException {
    TableLayout layout = TableLayout.of(connection, StoreForm.of(connection));
    if (!layout.piecewise()) {
      return Sql.number(connection, sql.formatted("")) == 1;
    }
    boolean[] found = new boolean[1];
    PiecewiseRead.of(
        connection,
        rows ->
            found[0] |= Sql.number(connection, sql.formatted(" AND " + rows.of("memories"))) == 1);
    return found[0];
  }

  /** Whether the indexes over the memories themselves can be made while others write. */
  public static boolean isSmall(Connection connection) throws SQLException {
    return !MemoriesTable.hasMoreThan(connection, ROWS_TO_INDEX / 4);
  }

  private static boolean isNumeric(String type, boolean strict) {
    String affinity = affinity(type);
    return !affinity.equals("TEXT")
        && !affinity.equals("BLOB")
        && !(strict && type.equalsIgnoreCase("ANY"));
  }

  /** By SQLite's rules: https://sqlite.org/datatype3.html#determination_of_column_affinity. */
  static String affinity(String type) {
    String upper = type.toUpperCase(Locale.ROOT);
    if (upper.contains("INT")) {
      return "INTEGER";
    }
    if (upper.contains("CHAR") || upper.contains("CLOB") || upper.contains("TEXT")) {
      return "TEXT";
    }
    if (upper.isEmpty() || upper.contains("BLOB")) {
      return "BLOB";
    }
    return upper.contains("REAL") || upper.contains("FLOA") || upper.contains("DOUB")
        ? "REAL"
        : "NUMERIC";
  }
}
