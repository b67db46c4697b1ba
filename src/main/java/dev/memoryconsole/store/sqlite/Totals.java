package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.StoreStats;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Totals of a store. Each is answered by an index alone but for what was stamped: for that the rows
 * are read that look upgraded, but not by the simple enrichment.
 */
final class Totals {
  private Totals() {}

  static StoreStats of(Connection connection) throws SQLException {
    Map<String, Long> states =
        counts(
            connection,
            "SELECT state, count(*) FROM memories_doc WHERE state IS NOT NULL GROUP BY state");
    long legacy = of(states, MemoryState.LEGACY);
    long upgraded = of(states, MemoryState.UPGRADED);
    long fallback = of(states, MemoryState.FALLBACK);
    long stamped = stamped(connection);
    return new StoreStats(
        legacy + upgraded + fallback,
        legacy,
        upgraded - stamped,
        fallback,
        stamped,
        by(connection, "category"),
        by(connection, "scope"));
  }

  private static long stamped(Connection connection) throws SQLException {
    try (PreparedStatement count =
            connection.prepareStatement(
                "SELECT count(*) FROM memories_doc d WHERE d.state = 'UPGRADED' AND "
                    + QuerySql.STAMPED);
        ResultSet row = count.executeQuery()) {
      return row.getLong(1);
    }
  }

  private static long of(Map<String, Long> states, MemoryState state) {
    return states.getOrDefault(state.name(), 0L);
  }

  private static Map<String, Long> by(Connection connection, String column) throws SQLException {
    return counts(
        connection,
        "SELECT coalesce(%1$s, ''), count(*) FROM memories INDEXED BY memories_scope GROUP BY 1"
            .formatted(column));
  }

  private static Map<String, Long> counts(Connection connection, String sql) throws SQLException {
    Map<String, Long> counts = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getLong(2));
      }
    }
    return counts;
  }
}
