package dev.memoryconsole.store.sqlite.schema;

import dev.memoryconsole.store.sqlite.connection.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/** Makes the tables of a store, and mends them, in the transaction at hand. */
public final class SchemaBuilder {
  private SchemaBuilder() {}

  /** Makes all tables in a transaction of its own: all or nothing. */
  public static void create(Connection connection) throws SQLException {
    inTransaction(connection, SchemaBuilder::build);
  }

  /** Brings up a whole store that nobody else has open, if it is of version 2. */
  public static void bringUpAlone(Connection connection) throws SQLException {
    inTransaction(
        connection,
        alone -> {
          bringUp(alone);
          TextIndexForm.dropRemains(alone);
        });
  }

  private interface Change {
    void on(Connection connection) throws SQLException;
  }

  private static void inTransaction(Connection connection, Change change) throws SQLException {
    Sql.execute(connection, "BEGIN IMMEDIATE");
    try {
      change.on(connection);
      Sql.execute(connection, "COMMIT");
    } catch (SQLException | RuntimeException failure) {
      rollBack(connection, failure);
      throw failure;
    }
  }

  private static void rollBack(Connection connection, Exception because) {
    try {
      Sql.execute(connection, "ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      because.addSuppressed(alreadyRolledBack);
    }
  }

  /** Makes everything at one go: of a new store, a snapshot, one of version 1. */
  public static void build(Connection connection) throws SQLException {
    if (MemoriesTable.isThere(connection)) {
      addColumns(connection);
      keyOn(connection);
    }
    boolean fromVersion1 = StoreForm.isVersion1(connection);
    run(connection, "DROP TABLE IF EXISTS memories_mend");
    run(connection, Schema.script("tables"), Schema.script("indexes"));
    if (fromVersion1) {
      TextIndexForm.leaveTexts(connection);
      run(connection, Schema.script("from-1"), Schema.script("search"));
    } else {
      run(
          connection,
          "DROP TABLE IF EXISTS memories_text_fts; DROP TABLE IF EXISTS memories_abstract_fts",
          Schema.script("search"),
          Schema.script("rebuild"));
    }
    TextIndexForm.dropRemains(connection);
    complete(connection);
  }

  /** Counts what was derived, and has the triggers keep all of it from then on. */
  static void complete(Connection connection) throws SQLException {
    run(
        connection,
        Schema.script("counts"),
        "DELETE FROM memories_counts",
        "INSERT INTO memories_counts (flags, memories) SELECT flags"
            + " | (id >= 'corpus:' AND id < 'corpus;') * 18, count(*) FROM memories_doc"
            + " WHERE flags & 256 GROUP BY 1",
        Schema.script("triggers"));
    mark(connection);
  }

  /**
   * Makes sure that from now on nobody's write is missed; what was derived before is derived anew
   * by and by, by whoever opens the store. Only a store of version 1, which few have, is brought up
   * at one go.
   */
  public static void mend(Connection connection) throws SQLException {
    if (StoreForm.isOlderThanPending(connection)) {
      build(connection);
      return;
    }
    keyOn(connection);
    TextIndexForm.putAside(connection);
    prepare(connection);
    run(
        connection,
        "DELETE FROM memories_text_replaced",
        "DROP TABLE IF EXISTS memories_mend",
        "CREATE TABLE memories_mend (stage INTEGER NOT NULL, place, next)",
        "INSERT INTO memories_mend (stage) VALUES (0)");
  }

  /**
   * Has the text index of a store of version 2 go without texts of its own, as it is; one that is
   * just being mended begins anew. Its texts stay in the file, to be taken away by and by.
   */
  public static void bringUp(Connection connection) throws SQLException {
    if (!StoreForm.keepsTextsTwice(connection)) {
      return;
    }
    if (StoreForm.isBeingMended(connection)) {
      mend(connection);
      return;
    }
    TextIndexForm.leaveTexts(connection);
    prepare(connection);
  }

  /** Makes everything but the rows, so that from now on nobody's write is missed. */
  public static void prepare(Connection connection) throws SQLException {
    addColumns(connection);
    if (!StoreForm.isToBeMended(connection)) {
      run(connection, "DROP TABLE IF EXISTS memories_counts");
    }
    run(
        connection,
        Schema.script("tables"),
        Schema.script("search"),
        Schema.script("counts"),
        Schema.script("triggers"));
    mark(connection);
  }

  /** Makes the indexes over the memories themselves. */
  public static void index(Connection connection) throws SQLException {
    run(connection, Schema.script("indexes"));
  }

  private static void addColumns(Connection connection) throws SQLException {
    if (!MemoriesTable.hasColumn(connection, "vector")) {
      run(connection, "ALTER TABLE memories ADD COLUMN vector BLOB");
    }
    if (!MemoriesTable.hasColumn(connection, "version")) {
      run(connection, "ALTER TABLE memories ADD COLUMN version INTEGER DEFAULT 1");
    }
  }

  // Another program may count its own formats in user_version.
  private static void mark(Connection connection) throws SQLException {
    long application = Sql.number(connection, "PRAGMA application_id");
    boolean unmarked = application == 0 && Sql.number(connection, "PRAGMA user_version") == 0;
    if (unmarked || application == Schema.APPLICATION_ID) {
      run(
          connection,
          "PRAGMA application_id = " + Schema.APPLICATION_ID,
          "PRAGMA user_version = " + Schema.VERSION);
    }
  }

  /** Has each id found by an index: there already, unless somebody made the table without a key. */
  public static void keyOn(Connection connection) throws SQLException {
    if (!MemoriesTable.isKeyed(connection)) {
      run(connection, "CREATE UNIQUE INDEX memories_id ON memories (id)");
    }
  }

  /** Whether the triggers derive what this program does. */
  public static boolean derivesAllFlags(Connection connection) throws SQLException {
    return Sql.number(
            connection,
            "SELECT count(*) = 2 FROM sqlite_schema WHERE type = 'view' AND name ="
                + " 'memories_derived' AND instr(sql, '256 AS flags')"
                + " OR type = 'table' AND name = 'memories_counts'")
        == 1;
  }

  /** Has the triggers derive what this program does, and count it. */
  public static void renewDerivation(Connection connection) throws SQLException {
    run(
        connection,
        "DROP VIEW IF EXISTS memories_derived",
        "CREATE VIEW memories_derived AS" + Schema.derivation(),
        Schema.script("counts"));
  }

  private static void run(Connection connection, String... scripts) throws SQLException {
    Sql.run(connection, scripts);
  }
}
