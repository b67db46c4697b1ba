package dev.memoryconsole.store.sqlite.schema;

import dev.memoryconsole.store.sqlite.connection.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads a whole table in pieces, where who reads keeps out who writes: in a file without a
 * write-ahead log a commit waits until nobody reads. Each piece is a read of some milliseconds by
 * itself, followed by a pause. So what comes together is no single state of the table: who writes
 * meanwhile is seen with some of the writes, and a row that is replaced may be seen twice.
 *
 * <p>For tables with row numbers. To be used outside of a transaction, on a connection that is
 * given up if it fails; for one thread.
 */
public final class PiecewiseRead {
  private static final long GOOD_NANOS = 8_000_000;
  private static final int FEWEST = 20;
  private static final int MOST = 20_000;
  private static final int FIRST = 200;
  private static final String END =
      "SELECT max(r) FROM (SELECT _rowid_ AS r FROM memories WHERE _rowid_ >= ? ORDER BY _rowid_"
          + " LIMIT ?)";

  /**
   * RowReader that are neighbours.
   *
   * @param from the lowest row number
   * @param to the highest
   */
  public record Range(long from, long to) {
    /** The condition on the rows of the table with this alias. */
    public String of(String table) {
      return "%1$s._rowid_ BETWEEN %2$d AND %3$d".formatted(table, from, to);
    }
  }

  /** What is done with a piece. */
  @FunctionalInterface
  public interface Reading {
    /** Reads it, in one statement or a few. */
    void of(Range rows) throws SQLException;
  }

  private PiecewiseRead() {}

  /** Goes through the table. */
  public static void of(Connection connection, Reading reading) throws SQLException {
    long from = Long.MIN_VALUE;
    int rows = FIRST;
    while (true) {
      Sql.execute(connection, "BEGIN");
      OptionalLong to = end(connection, from, rows);
      // Not from before: it may have waited for who writes.
      long begun = System.nanoTime();
      if (to.isPresent()) {
        reading.of(new Range(from, to.getAsLong()));
      }
      Sql.execute(connection, "COMMIT");
      if (to.isEmpty() || to.getAsLong() == Long.MAX_VALUE) {
        return;
      }
      from = to.getAsLong() + 1;
      long took = Math.max(1, System.nanoTime() - begun);
      rows = Math.clamp(Math.min(rows * GOOD_NANOS / took, 2L * rows), FEWEST, MOST);
      // Who waits looks again and again; who reads meanwhile would be in the way again.
      LockSupport.parkNanos(Math.min(took, GOOD_NANOS));
    }
  }

  private static OptionalLong end(Connection connection, long from, int rows) throws SQLException {
    try (PreparedStatement end = connection.prepareStatement(END)) {
      end.setLong(1, from);
      end.setInt(2, rows);
      try (ResultSet row = end.executeQuery()) {
        long to = row.getLong(1);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(to);
      }
    }
  }
}
