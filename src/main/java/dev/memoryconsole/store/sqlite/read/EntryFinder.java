package dev.memoryconsole.store.sqlite.read;

import dev.memoryconsole.memory.ids.IdList;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.sqlite.connection.Connections;
import dev.memoryconsole.store.sqlite.connection.Sql;
import dev.memoryconsole.store.sqlite.schema.PiecewiseRead;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

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

  /** Is told of ids one after the other. */
  public interface Reader {
    /** Takes the next one. */
    void next(String id) throws SQLException;
  }

  /** The ids of what matches, in order. */
  public List<String> ids(Connection connection, int offset, int limit) throws SQLException {
    IdList.Builder ids = new IdList.Builder();
    read(connection, offset, limit, ids::add);
    return ids.build();
  }

  /**
   * The ids of the first that match, if they can be told before all; fewer than asked for where
   * not.
   */
  public List<String> beginning(Connection connection, int count) throws SQLException {
    IdList.Builder ids = new IdList.Builder();
    Optional<PreparedStatement> wanted = new QuerySql(query, layout).beginning(connection, count);
    if (wanted.isPresent()) {
      try (PreparedStatement statement = wanted.get()) {
        read(statement, ids::add);
      }
    }
    return ids.build();
  }

  /** Reads the ids of what matches, in order. */
  public void read(Connection connection, int offset, int limit, Reader reader)
      throws SQLException {
    if (!layout.piecewise()) {
      try (PreparedStatement wanted =
          new QuerySql(query, layout, CommonWords.of(query, layout, connection))
              .ids(connection, offset, limit)) {
        read(wanted, reader);
      }
      return;
    }
    collect(connection);
    try (PreparedStatement wanted =
        connection.prepareStatement(
            "SELECT %s, doc FROM temp.found ORDER BY %s LIMIT ? OFFSET ?"
                .formatted(layout.text("id"), new QueryOrder(query, "m", "m").ofCollected()))) {
      wanted.setInt(1, limit);
      wanted.setInt(2, offset);
      read(wanted, reader);
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
    Sql.execute(connection, "CREATE TEMP TABLE found (id, doc, place, time)");
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
    try (PreparedStatement count =
            new QuerySql(query, within, CommonWords.of(query, within, connection))
                .count(connection);
        ResultSet row = count.executeQuery()) {
      return row.getLong(1);
    }
  }

  private static void read(PreparedStatement statement, Reader reader) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        reader.next(OddIds.first(rows));
      }
    }
  }
}
