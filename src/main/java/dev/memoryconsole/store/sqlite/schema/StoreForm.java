package dev.memoryconsole.store.sqlite.schema;

import dev.memoryconsole.store.sqlite.connection.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** How far a file is on its way to a store. */
public enum StoreForm {
  /** Another program's table, or one of ours that has to be mended: to be read by scans. */
  FOREIGN,
  /** Whoever writes keeps the derived table right, which is not complete: to be read by scans. */
  PARTLY,
  /** Everything is derived and indexed. */
  WHOLE;

  private static final String HAS_TRIGGERS =
      "SELECT %s OR %s".formatted(hasAll(Schema.TRIGGERS), hasAll(Schema.TRIGGERS_OF_BEFORE));

  /**
   * Returns the form of a file that is a store. Another program's user_version says nothing about
   * it.
   */
  public static StoreForm of(Connection connection) throws SQLException {
    return isOlderThanPending(connection) ? FOREIGN : derived(connection);
  }

  private static String hasAll(List<String> triggers) {
    return "(SELECT count(*) = "
        + triggers.size()
        + " FROM sqlite_schema WHERE type = 'trigger' AND name IN ('"
        + String.join("', '", triggers)
        + "'))";
  }

  /**
   * Whether the text index has texts of its own, as in versions 1 and 2. What reads it need not
   * care.
   */
  public static boolean keepsTextsTwice(Connection connection) throws SQLException {
    return Sql.number(
            connection,
            "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'memories_text_fts'"
                + " AND instr(sql, 'memories_texts') = 0)")
        == 1;
  }

  /** Whether the file is a whole store of version 1. */
  static boolean isVersion1(Connection connection) throws SQLException {
    return isOlderThanPending(connection) && derived(connection) == WHOLE;
  }

  /** Whether the file lacks the table that version 1 did not have. */
  static boolean isOlderThanPending(Connection connection) throws SQLException {
    return !hasTable(connection, "memories_abstract_pending");
  }

  /** Whether something was derived once, which is not to be relied on. */
  public static boolean isToBeMended(Connection connection) throws SQLException {
    return hasTable(connection, "memories_doc");
  }

  /** Whether the mending of a store has begun and not come to its end. */
  public static boolean isBeingMended(Connection connection) throws SQLException {
    return hasTable(connection, "memories_mend");
  }

  private static StoreForm derived(Connection connection) throws SQLException {
    if (Sql.number(connection, HAS_TRIGGERS) == 0 || !isToBeMended(connection)) {
      return FOREIGN;
    }
    if (isBeingMended(connection)) {
      return PARTLY;
    }
    // The rows of memories_doc against those of memories: too many only when somebody made the
    // table anew, too few while a table is adopted, or because a row has no id.
    long rows = MemoriesTable.rows(connection);
    if (rows > 0 && KeptCounts.of(connection, rows).isPresent()) {
      return WHOLE;
    }
    long docs = Sql.number(connection, "SELECT count(*) FROM memories_doc WHERE state IS NOT NULL");
    return docs == rows ? WHOLE : docs < rows ? PARTLY : FOREIGN;
  }

  static boolean hasTable(Connection connection, String name) throws SQLException {
    return Sql.number(
            connection,
            "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '"
                + name
                + "')")
        == 1;
  }
}
