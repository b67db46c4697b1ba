package dev.memoryconsole.store.sqlite.schema;

import dev.memoryconsole.store.sqlite.connection.Connections;
import dev.memoryconsole.store.sqlite.connection.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Takes the text index into another form within the transaction at hand, without a look at what is
 * in it, and finds what that left in the file. The memories, and not the index, hold the texts.
 */
public final class TextIndexForm {
  // What the index of version 2 had of its own; now a table like any other.
  private static final String TEXTS = "memories_text_fts_content";
  private static final String ASIDE = "memories_text_old";

  // Nobody else's tables of these names are touched.
  private static final String AS_FTS5_MAKES_THEM =
      "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '%s'"
          + " AND (sql LIKE '%%(id INTEGER PRIMARY KEY, c0)'"
          + " OR sql LIKE 'CREATE VIRTUAL TABLE%%USING fts5(%%'))";

  private TextIndexForm() {}

  /**
   * Has the index of a version that kept its texts read them from the memories, as if it had been
   * made so: all its tables are the same in both forms, but that of the texts. Right only where it
   * knows what the memories say.
   */
  static void leaveTexts(Connection connection) throws SQLException {
    Connections.set(connection, "writable_schema = ON");
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name ="
                + " 'memories_text_fts'")) {
      update.setString(1, Schema.textIndex());
      update.executeUpdate();
    } finally {
      // Also has this connection read the schema anew; all others do as it changes besides.
      Connections.set(connection, "writable_schema = RESET");
    }
    // Only a change that SQLite knows of has a rollback read the schema anew once more.
    Sql.execute(connection, "DROP TRIGGER IF EXISTS memories_after_text");
  }

  /** Gives an index that can't be relied on another name, so that there can be a new one. */
  static void putAside(Connection connection) throws SQLException {
    // Who has triggers or views that can't be compiled is not asked.
    Connections.set(connection, "legacy_alter_table = ON");
    try {
      for (String trigger : Schema.TRIGGERS) {
        Sql.execute(connection, "DROP TRIGGER IF EXISTS " + trigger);
      }
      drop(connection, ASIDE);
      if (StoreForm.hasTable(connection, "memories_text_fts")) {
        Sql.execute(connection, "ALTER TABLE memories_text_fts RENAME TO " + ASIDE);
      }
    } finally {
      Connections.set(connection, "legacy_alter_table = OFF");
    }
  }

  /** A table that holds nothing that is needed, and the one to drop once it is empty. */
  public record Remains(String table, String whole) {}

  /** Returns the next table that holds nothing that is needed; empty if all are gone. */
  public static Optional<Remains> remains(Connection connection) throws SQLException {
    if (isOurs(connection, ASIDE)) {
      for (String table : List.of(ASIDE + "_content", ASIDE + "_data")) {
        if (StoreForm.hasTable(connection, table) && !isEmpty(connection, table)) {
          return Optional.of(new Remains(table, ASIDE));
        }
      }
      return Optional.of(new Remains(ASIDE + "_data", ASIDE));
    }
    return isOurs(connection, TEXTS) && !StoreForm.keepsTextsTwice(connection)
        ? Optional.of(new Remains(TEXTS, TEXTS))
        : Optional.empty();
  }

  /** Takes away some of what is not needed, and at last the table. */
  public static void remove(Connection connection, Remains remains, int rows) throws SQLException {
    if (isEmpty(connection, remains.table())) {
      Sql.execute(connection, "DROP TABLE " + remains.whole());
      return;
    }
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM %1$s WHERE id IN (SELECT id FROM %1$s ORDER BY id LIMIT ?)"
                .formatted(remains.table()))) {
      delete.setInt(1, rows);
      delete.executeUpdate();
    }
  }

  private static boolean isEmpty(Connection connection, String table) throws SQLException {
    return Sql.number(connection, "SELECT NOT EXISTS (SELECT 1 FROM " + table + ")") == 1;
  }

  /** Takes away at one go whatever is not needed. */
  static void dropRemains(Connection connection) throws SQLException {
    drop(connection, ASIDE);
    if (!StoreForm.keepsTextsTwice(connection)) {
      drop(connection, TEXTS);
    }
  }

  private static void drop(Connection connection, String table) throws SQLException {
    if (isOurs(connection, table)) {
      Sql.execute(connection, "DROP TABLE " + table);
    }
  }

  private static boolean isOurs(Connection connection, String table) throws SQLException {
    return Sql.number(connection, AS_FTS5_MAKES_THEM.formatted(table)) == 1;
  }
}
