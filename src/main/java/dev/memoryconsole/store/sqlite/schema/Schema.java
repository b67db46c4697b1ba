package dev.memoryconsole.store.sqlite.schema;

import dev.memoryconsole.store.sqlite.inspection.TableChecks;
import dev.memoryconsole.store.sqlite.upkeep.Mender;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The tables of a store: knows their form, creates and mends them. */
public final class Schema {
  /** The version this program writes. */
  public static final int VERSION = 2;

  /** "MemC": tells our files from other SQLite databases. */
  public static final int APPLICATION_ID = 0x4D656D43;

  /** The triggers of every version. */
  public static final List<String> TRIGGERS =
      List.of(
          "memories_after_insert",
          "memories_after_update",
          "memories_after_delete",
          "memories_after_text",
          "memories_abstract_changed");

  private static final String HAS_TRIGGERS =
      "SELECT count(*) = 5 FROM sqlite_schema WHERE type = 'trigger' AND name IN ('"
          + String.join("', '", TRIGGERS)
          + "')";
  private static final String HAS_DOCS = hasTable("memories_doc");
  // What version 1 did not have.
  private static final String HAS_PENDING = hasTable("memories_abstract_pending");
  // While a store is mended.
  private static final String HAS_MEND = hasTable("memories_mend");

  /** How far a file is on its way to a store. */
  public enum Form {
    /** Another program's table, or one of ours that has to be mended: to be read by scans. */
    FOREIGN,
    /** Whoever writes keeps the derived table right, which is not complete: to be read by scans. */
    PARTLY,
    /** Everything is derived and indexed. */
    WHOLE
  }

  private Schema() {}

  /** The form of a file that is a store. Another program's user_version says nothing about it. */
  public static Form form(Connection connection) throws SQLException {
    return number(connection, HAS_PENDING) == 1 ? derived(connection) : Form.FOREIGN;
  }

  private static boolean isVersion1(Connection connection) throws SQLException {
    return number(connection, HAS_PENDING) == 0 && derived(connection) == Form.WHOLE;
  }

  private static Form derived(Connection connection) throws SQLException {
    if (number(connection, HAS_TRIGGERS) == 0 || number(connection, HAS_DOCS) == 0) {
      return Form.FOREIGN;
    }
    if (isBeingMended(connection)) {
      return Form.PARTLY;
    }
    // The rows of memories_doc against those of memories: too many only when somebody made the
    // table anew, too few while a table is adopted, or because a row has no id.
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT (SELECT count(*) FROM memories_doc WHERE state IS NOT NULL),"
                    + " (SELECT count(*) FROM memories)")) {
      row.next();
      long docs = row.getLong(1);
      long rows = row.getLong(2);
      return docs == rows ? Form.WHOLE : docs < rows ? Form.PARTLY : Form.FOREIGN;
    }
  }

  /** Makes the tables of a new store, or brings those of a snapshot up; all or nothing. */
  public static void bringUp(Path file, Connection connection, boolean create) throws SQLException {
    if (!create) {
      TableChecks.accept(file, connection);
      TableChecks.refuseUtf16(file, connection);
      if (form(connection) == Form.WHOLE) {
        return;
      }
      TableChecks.adoptable(file, connection);
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try {
        build(connection);
        statement.execute("COMMIT");
      } catch (SQLException | RuntimeException failure) {
        rollBack(statement, failure);
        throw failure;
      }
    }
  }

  /** All of it in the transaction at hand: a new store, a snapshot, one of version 1. */
  public static void build(Connection connection) throws SQLException {
    if (TableChecks.isThere(connection)) {
      addColumns(connection);
      keyOn(connection);
    }
    boolean fromVersion1 = isVersion1(connection);
    run(connection, "DROP TABLE IF EXISTS memories_mend", script("tables"), script("indexes"));
    if (fromVersion1) {
      run(connection, script("from-1"));
    } else {
      run(
          connection,
          "DROP TABLE IF EXISTS memories_text_fts; DROP TABLE IF EXISTS memories_abstract_fts",
          script("search"),
          script("rebuild"));
    }
    run(connection, script("triggers"));
    mark(connection);
  }

  /** Whether something was derived once, which is not to be relied on. */
  public static boolean isToBeMended(Connection connection) throws SQLException {
    return number(connection, HAS_DOCS) == 1;
  }

  /** Whether {@link Mender} has not come to the end. */
  public static boolean isBeingMended(Connection connection) throws SQLException {
    return number(connection, HAS_MEND) == 1;
  }

  /** Whether the file has a write-ahead log, so that who reads is in nobody's way. */
  static boolean hasLog(Connection connection) throws SQLException {
    return strings(connection, "PRAGMA journal_mode").contains("wal");
  }

  /**
   * In the transaction at hand: from now on nobody's write is missed; what was derived before is
   * derived anew by and by. Only a store of version 1, which few have, is brought up at one go.
   */
  public static void mend(Connection connection) throws SQLException {
    if (number(connection, HAS_PENDING) == 0) {
      build(connection);
      return;
    }
    keyOn(connection);
    prepare(connection);
    Mender.begin(connection);
  }

  /** Everything but the rows, so that from now on nobody's write is missed. */
  public static void prepare(Connection connection) throws SQLException {
    addColumns(connection);
    run(connection, script("tables"), script("search"), script("triggers"));
    mark(connection);
  }

  /** The indexes over the memories themselves. */
  public static void index(Connection connection) throws SQLException {
    run(connection, script("indexes"));
  }

  private static void addColumns(Connection connection) throws SQLException {
    if (!TableChecks.hasColumn(connection, "vector")) {
      run(connection, "ALTER TABLE memories ADD COLUMN vector BLOB");
    }
    if (!TableChecks.hasColumn(connection, "version")) {
      run(connection, "ALTER TABLE memories ADD COLUMN version INTEGER DEFAULT 1");
    }
  }

  // Another program may count its own formats in user_version.
  private static void mark(Connection connection) throws SQLException {
    long application = number(connection, "PRAGMA application_id");
    boolean unmarked = application == 0 && number(connection, "PRAGMA user_version") == 0;
    if (unmarked || application == APPLICATION_ID) {
      run(
          connection,
          "PRAGMA application_id = " + APPLICATION_ID,
          "PRAGMA user_version = " + VERSION);
    }
  }

  /** Whether each id is found by an index. */
  public static boolean isKeyed(Connection connection) throws SQLException {
    return number(
            connection,
            """
            SELECT EXISTS (SELECT 1 FROM pragma_index_list('memories') i
              WHERE i."unique" AND NOT i.partial
                AND (SELECT group_concat(lower(name)) FROM pragma_index_info(i.name)) = 'id')
            """)
        == 1;
  }

  /** Has each id found by an index: there already, unless somebody made the table without a key. */
  public static void keyOn(Connection connection) throws SQLException {
    if (!isKeyed(connection)) {
      run(connection, "CREATE UNIQUE INDEX memories_id ON memories (id)");
    }
  }

  private static String hasTable(String name) {
    return "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '"
        + name
        + "')";
  }

  private static void rollBack(Statement statement, Exception because) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      because.addSuppressed(alreadyRolledBack);
    }
  }

  private static void run(Connection connection, String... scripts) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String script : scripts) {
        statement.executeUpdate(script);
      }
    }
  }

  public static long number(Connection connection, String sql) throws SQLException {
    try (Statement own = connection.createStatement();
        ResultSet row = own.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  public static List<String> strings(Connection connection, String sql) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (Statement own = connection.createStatement();
        ResultSet rows = own.executeQuery(sql)) {
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
    }
    return strings;
  }

  /** The view of what is derived from a memory, as a query. */
  public static String derivation() {
    String tables = script("tables");
    String begin = "CREATE VIEW memories_derived AS";
    int from = tables.indexOf(begin) + begin.length();
    return tables.substring(from, tables.indexOf(';', from));
  }

  /** Has the triggers derive what this program does. */
  public static void renewDerivation(Connection connection) throws SQLException {
    run(
        connection,
        "DROP VIEW IF EXISTS memories_derived",
        "CREATE VIEW memories_derived AS" + derivation());
  }

  /** A part of the schema's script. */
  public static String script(String part) {
    String name = "schema-" + VERSION + "-" + part + ".sql";
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
