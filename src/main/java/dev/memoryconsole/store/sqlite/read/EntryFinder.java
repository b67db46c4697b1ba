package dev.memoryconsole.store.sqlite.read;

import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.sqlite.connection.Connections;
import dev.memoryconsole.store.sqlite.connection.Sql;
import dev.memoryconsole.store.sqlite.schema.PiecewiseRead;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which rows a query finds: by one statement, or piece by piece where that would keep others out.
 */
public final class EntryFinder {
  private final EntryQuery query;
  private final TableLayout layout;

  public EntryFinder(EntryQuery query, TableLayout layout) {
    this.query = query;
    this.layout = layout;
  }

  /** The ids of what matches, in order. */
  public List<String> ids(Connection connection, int offset, int limit) throws SQLException {
    if (!layout.piecewise()) {
      try (PreparedStatement wanted = new QuerySql(query, layout).ids(connection, offset, limit)) {
        return names(wanted);
      }
    }
    collect(connection);
    try (PreparedStatement wanted =
        connection.prepareStatement(
            "SELECT %3$s, doc FROM temp.found ORDER BY place %1$s, id %2$s LIMIT ? OFFSET ?"
                .formatted(
                    query.ascending() ? "ASC" : "DESC",
                    query.sort() == EntryQuery.Sort.ID && !query.ascending() ? "DESC" : "ASC",
                    layout.text("id")))) {
      wanted.setInt(1, limit);
      wanted.setInt(2, offset);
      return names(wanted);
    } finally {
      Sql.execute(connection, "DROP TABLE IF EXISTS temp.found");
      Connections.set(connection, "query_only = ON");
    }
  }

  /** Keeps what matches, with its place in the order, in a table that only this connection sees. */
  private void collect(Connection connection) throws SQLException {
    // Also forbids what is written into no file of anybody's.
    Connections.set(connection, "query_only = OFF");
    Sql.execute(connection, "DROP TABLE IF EXISTS temp.found");
    Sql.execute(connection, "CREATE TEMP TABLE found (id, doc, place)");
    PiecewiseRead.of(
        connection,
        rows -> {
          try (PreparedStatement piece =
              new QuerySql(query, layout.within(rows)).into(connection, "temp.found")) {
            piece.executeUpdate();
          }
        });
  }

  /** How many match. */
  public long count(Connection connection) throws SQLException {
    if (!layout.piecewise()) {
      return count(connection, layout);
    }
    long[] all = new long[1];
    PiecewiseRead.of(connection, rows -> all[0] += count(connection, layout.within(rows)));
    return all[0];
  }

  private long count(Connection connection, TableLayout within) throws SQLException {
    try (PreparedStatement count = new QuerySql(query, within).count(connection);
        ResultSet row = count.executeQuery()) {
      return row.getLong(1);
    }
  }

  private static List<String> names(PreparedStatement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        names.add(OddIds.of(rows, 1, rows.getObject(2)));
      }
    }
    return names;
  }
}
