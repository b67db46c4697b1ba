package dev.memoryconsole.store.sqlite.schema;

import dev.memoryconsole.store.sqlite.connection.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the triggers have counted, by the flags of {@code memories_doc}. Only reads. */
public final class KeptCounts {
  private static final String IS_THERE =
      "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table'"
          + " AND name = 'memories_counts')";

  private KeptCounts() {}

  /**
   * Returns how many memories have each flags; empty if not all are counted, because the store is
   * one of before or not wholly derived yet.
   */
  public static Optional<Map<Integer, Long>> ofAll(Connection connection) throws SQLException {
    return of(connection, MemoriesTable.rows(connection));
  }

  /**
   * Returns how many memories have each flags; empty if these are not so many.
   *
   * @param rows how many memories there are
   */
  public static Optional<Map<Integer, Long>> of(Connection connection, long rows)
      throws SQLException {
    if (Sql.number(connection, IS_THERE) == 0) {
      return Optional.empty();
    }
    Map<Integer, Long> counts = new TreeMap<>();
    long counted = 0;
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT flags, memories FROM memories_counts WHERE memories <> 0");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        counts.put(row.getInt(1), row.getLong(2));
        counted += row.getLong(2);
      }
    }
    boolean plausible = counts.values().stream().allMatch(count -> count > 0);
    return counted == rows && plausible ? Optional.of(counts) : Optional.empty();
  }
}
