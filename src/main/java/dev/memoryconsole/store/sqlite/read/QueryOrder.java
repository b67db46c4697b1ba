package dev.memoryconsole.store.sqlite.read;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.sqlite.connection.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The order of a query in SQL. Each but that by tier, which is sorted by what an index knows, is
 * one that an index of a store of ours has, in either direction: so ties are broken in the
 * direction of the order itself, but for times, which are hardly ever the same.
 */
final class QueryOrder {
  /** What the index over the texts knows of each, in characters. */
  static final int TEXT_PREFIX = EntryQuery.TEXT_ORDER_LENGTH;

  // Old rows hold seconds, which is told by their size.
  private static final String MILLIS =
      "CASE WHEN typeof(%1$s) IN ('integer', 'real') AND %1$s > -"
          + MemoryEntry.FIRST_MILLIS
          + " AND %1$s < "
          + MemoryEntry.FIRST_MILLIS
          + " THEN %1$s * 1000 ELSE %1$s END";
  private static final String ANY_SECONDS =
      "SELECT EXISTS (SELECT 1 FROM memories WHERE timestamp > -"
          + MemoryEntry.FIRST_MILLIS
          + " AND timestamp < "
          + MemoryEntry.FIRST_MILLIS
          + ")";
  // In the order of the words, of which there are three: any other is none. Rows of before do not
  // tell, and have to be looked at.
  private static final String TIER =
      "CASE WHEN %1$s.flags & 256 THEN %1$s.flags >> 6 & 3 ELSE (SELECT CASE"
          + " json_extract(CASE WHEN json_valid(CAST(s.metadata AS TEXT))"
          + " THEN CAST(s.metadata AS TEXT) END, '$.tier') WHEN 'core' THEN 1"
          + " WHEN 'peripheral' THEN 2 WHEN 'working' THEN 3 ELSE 0 END"
          + " FROM memories s WHERE s.id = %1$s.id) END";

  private final EntryQuery.Sort sort;
  private final String direction;
  private final String docs;
  private final String rows;

  /**
   * Orders rows.
   *
   * @param docs the alias of the table that knows state, time and id
   * @param rows the alias of the table with the columns of the row itself
   */
  QueryOrder(EntryQuery query, String docs, String rows) {
    this.sort = query.sort();
    this.direction = query.ascending() ? " ASC" : " DESC";
    this.docs = docs;
    this.rows = rows;
  }

  /** Whether a sort needs what only the row itself holds. */
  static boolean needsRows(EntryQuery.Sort sort) {
    return switch (sort) {
      case TIME, ID, STATE, TIER -> false;
      case TEXT, CATEGORY, SCOPE, IMPORTANCE -> true;
    };
  }

  /** Whether a sort needs what is derived. */
  static boolean needsDocs(EntryQuery.Sort sort) {
    return sort == EntryQuery.Sort.STATE || sort == EntryQuery.Sort.TIER;
  }

  /** Whether an index has the order as long as it is one of what rows hold. */
  boolean isIndexed(Connection connection) throws SQLException {
    return switch (sort) {
      case ID, TEXT -> true;
      case TIME, STATE, CATEGORY, SCOPE, IMPORTANCE, TIER ->
          Sql.number(connection, ANY_SECONDS) == 0;
    };
  }

  /** What rows are ordered by, after ORDER BY. */
  String terms(Connection connection) throws SQLException {
    return terms(connection, "");
  }

  /** The same order, made by sorting whatever index there is. */
  String sortedTerms(Connection connection) throws SQLException {
    return terms(connection, "+");
  }

  private String terms(Connection connection, String prefix) throws SQLException {
    String id = prefix + docs + ".id";
    String column = prefix + column(connection) + direction;
    return switch (sort) {
      case ID -> column;
      case TIME -> column + ", " + id;
      case TEXT -> column + ", " + id + direction;
      case STATE, CATEGORY, SCOPE, IMPORTANCE, TIER ->
          column + ", " + prefix + time(connection) + direction + ", " + id + direction;
    };
  }

  /** The order of what {@link #places} made of rows that were collected, with their ids. */
  String ofCollected() {
    String byPlace = "place" + direction;
    return switch (sort) {
      case TIME -> byPlace + ", id";
      case ID, TEXT -> byPlace + ", id" + direction;
      case STATE, CATEGORY, SCOPE, IMPORTANCE, TIER ->
          byPlace + ", time" + direction + ", id" + direction;
    };
  }

  /** A row's place in the order, and its time, for rows that are collected. */
  String places(Connection connection) throws SQLException {
    String time = MILLIS.formatted(docs + ".timestamp");
    return (sort == EntryQuery.Sort.TIME ? time : column(connection)) + ", " + time;
  }

  private String column(Connection connection) throws SQLException {
    return switch (sort) {
      case TIME -> time(connection);
      case STATE -> docs + ".state";
      case ID -> docs + ".id";
      case TEXT -> "substr(" + rows + ".text, 1, " + TEXT_PREFIX + ")";
      case CATEGORY -> rows + ".category";
      case SCOPE -> rows + ".scope";
      case IMPORTANCE -> rows + ".importance";
      case TIER -> TIER.formatted(docs);
    };
  }

  // Only with the bare column an index knows the order; few stores have rows in seconds.
  private String time(Connection connection) throws SQLException {
    String column = docs + ".timestamp";
    return Sql.number(connection, ANY_SECONDS) == 1 ? MILLIS.formatted(column) : column;
  }
}
