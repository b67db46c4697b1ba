package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The tables of a store: creates, adopts and mends them. */
final class Schema {
  /** The version this program writes. */
  static final int VERSION = 2;

  /** "MemC": tells our files from other SQLite databases. */
  static final int APPLICATION_ID = 0x4D656D43;

  private static final List<String> REQUIRED =
      List.of("id", "text", "category", "scope", "importance", "timestamp", "metadata");

  // Triggers, and the rows of memories_doc against those of memories: both go wrong only when
  // somebody makes the table anew.
  private static final String IS_WHOLE =
      """
      SELECT (SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND name IN
            ('memories_after_insert', 'memories_after_update', 'memories_after_delete',
             'memories_after_text', 'memories_abstract_changed')) = 5
        AND (SELECT count(*) FROM memories_doc WHERE state IS NOT NULL) = (SELECT count(*) FROM memories)
      """;

  private Schema() {}

  /** Refuses, with a sentence, a database whose tables are not those of a store. */
  static void accept(Path file, Statement statement, int version) throws SQLException {
    if (version > VERSION) {
      throw new StoreException(
          "%s was written by a newer version of this program (format %d, this one knows %d); nothing was changed, update the program to open it."
              .formatted(file, version, VERSION));
    }
    Set<String> columns = columns(statement);
    if (columns.isEmpty()) {
      throw new StoreException(
          "%s is a SQLite database without a table of memories; nothing was changed, choose another file."
              .formatted(file));
    }
    List<String> missing = REQUIRED.stream().filter(name -> !columns.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new StoreException(
          "The table of memories in %s lacks the column %s; nothing was changed, choose another file or add the column."
              .formatted(file, String.join(", ", missing)));
    }
    if (version < VERSION) {
      oneRowForEachId(file, statement);
    }
  }

  /**
   * Brings the tables into the form of {@link #VERSION}, if they are not; all or nothing.
   *
   * @param create whether to make the table of memories too
   */
  static void bringUp(Path file, Connection connection, boolean create) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!create) {
        accept(file, statement, (int) number(statement, "PRAGMA user_version"));
      }
      if (isWhole(statement, VERSION)) {
        return;
      }
      statement.execute("BEGIN IMMEDIATE");
      try {
        build(statement);
        statement.execute("COMMIT");
      } catch (SQLException | RuntimeException failure) {
        rollBack(statement, failure);
        throw failure;
      }
    }
  }

  private static boolean isWhole(Statement statement, int version) throws SQLException {
    return number(statement, "PRAGMA user_version") == version && number(statement, IS_WHOLE) == 1;
  }

  private static void build(Statement statement) throws SQLException {
    Set<String> columns = columns(statement);
    if (!columns.isEmpty()) {
      keyOn(statement);
      if (!columns.contains("vector")) {
        statement.executeUpdate("ALTER TABLE memories ADD COLUMN vector BLOB");
      }
      if (!columns.contains("version")) {
        statement.executeUpdate("ALTER TABLE memories ADD COLUMN version INTEGER DEFAULT 1");
      }
    }
    boolean fromVersion1 = isWhole(statement, 1);
    statement.executeUpdate(script("tables"));
    statement.executeUpdate(script(fromVersion1 ? "from-1" : "rebuild"));
    statement.executeUpdate(script("triggers"));
    if (number(statement, "PRAGMA application_id") == 0) {
      statement.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
    }
  }

  private static void oneRowForEachId(Path file, Statement statement) throws SQLException {
    if (number(statement, "SELECT EXISTS (SELECT 1 FROM memories WHERE id IS NULL)") == 1) {
      throw new StoreException(
          "%s holds a memory without an id; nothing was changed, give it one or delete it in the program that wrote it."
              .formatted(file));
    }
    String twice = "SELECT EXISTS (SELECT 1 FROM memories GROUP BY id HAVING count(*) > 1)";
    if (number(statement, twice) == 1) {
      throw new StoreException(
          "%s holds two memories with one id; nothing was changed, mend that in the program that wrote it."
              .formatted(file));
    }
  }

  private static void keyOn(Statement statement) throws SQLException {
    // There already, unless another program made the table without a key.
    String unique =
        """
        SELECT EXISTS (SELECT 1 FROM pragma_index_list('memories') i
          WHERE i."unique" AND NOT i.partial
            AND (SELECT group_concat(name) FROM pragma_index_info(i.name)) = 'id')
        """;
    if (number(statement, unique) == 0) {
      statement.executeUpdate("CREATE UNIQUE INDEX memories_id ON memories (id)");
    }
  }

  private static void rollBack(Statement statement, Exception because) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      because.addSuppressed(alreadyRolledBack);
    }
  }

  private static Set<String> columns(Statement statement) throws SQLException {
    Set<String> columns = new HashSet<>();
    try (Statement own = statement.getConnection().createStatement();
        ResultSet rows =
            own.executeQuery(
                "SELECT c.name FROM sqlite_schema t, pragma_table_info(t.name) c"
                    + " WHERE t.type = 'table' AND lower(t.name) = 'memories'")) {
      while (rows.next()) {
        columns.add(rows.getString(1).toLowerCase(Locale.ROOT));
      }
    }
    return columns;
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (Statement own = statement.getConnection().createStatement();
        ResultSet row = own.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The view of what is derived from a memory, as a query. */
  static String derivation() {
    String tables = script("tables");
    String begin = "CREATE VIEW memories_derived AS";
    int from = tables.indexOf(begin) + begin.length();
    return tables.substring(from, tables.indexOf(';', from));
  }

  private static String script(String part) {
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
