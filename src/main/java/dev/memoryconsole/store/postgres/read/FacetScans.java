package dev.memoryconsole.store.postgres.read;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.store.facet.LargeMemory;
import dev.memoryconsole.store.facet.MetadataCounts;
import dev.memoryconsole.store.facet.MetadataTally;
import dev.memoryconsole.store.facet.TimeCounts;
import dev.memoryconsole.store.postgres.connection.Connections;
import dev.memoryconsole.store.postgres.connection.Waiting;
import dev.memoryconsole.store.postgres.table.TableShape;
import dev.memoryconsole.store.scan.TimeTally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Counts what all rows say. Stateless. */
public final class FacetScans {
  private final TableShape shape;

  /** Counts a table's. */
  public FacetScans(TableShape shape) {
    this.shape = shape;
  }

  private interface EachRow {
    void read(ResultSet row) throws SQLException;
  }

  /** How many were remembered between these times. */
  public TimeCounts byTime(Connection connection, List<Long> edges) throws SQLException {
    TimeTally times = new TimeTally(edges);
    scan(
        connection,
        shape.millis() + " FROM " + shape.name() + " WHERE id IS NOT NULL",
        row -> {
          long millis = row.getLong(1);
          times.add(row.wasNull() ? Long.MIN_VALUE : millis);
        });
    return times.counts();
  }

  /** What all rows say in their metadata. */
  public MetadataCounts byMetadata(Connection connection) throws SQLException {
    MetadataTally tally = new MetadataTally();
    scan(
        connection,
        "CAST(metadata AS text) FROM " + shape.name() + " WHERE id IS NOT NULL",
        row -> tally.add(row.getString(1), 1));
    return tally.counts();
  }

  /** The rows that take the most room, the largest first. */
  public List<LargeMemory> largest(Connection connection, int most) throws SQLException {
    List<LargeMemory> largest = new ArrayList<>();
    scan(
        connection,
        "CAST(id AS text), coalesce(substr(CAST(\"text\" AS text), 1, "
            + LargeMemory.SHOWN
            + "), ''), coalesce(octet_length(CAST(\"text\" AS text)), 0)"
            + " + coalesce(octet_length(CAST(metadata AS text)), 0) AS bytes FROM "
            + shape.name()
            + " WHERE id IS NOT NULL ORDER BY bytes DESC, id LIMIT "
            + most,
        row -> largest.add(new LargeMemory(row.getString(1), row.getString(2), row.getLong(3))));
    return largest;
  }

  private static void scan(Connection connection, String selected, EachRow each)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT " + selected)) {
      statement.setFetchSize(Connections.fetchedAtOnce());
      try (ResultSet row = Waiting.unlessCancelled(statement, statement::executeQuery)) {
        for (long place = 0; row.next(); place++) {
          if (place % Connections.fetchedAtOnce() == 0) {
            Cancellation.check();
          }
          each.read(row);
        }
      }
    }
  }
}
