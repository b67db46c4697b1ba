package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.StoreStats;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Totals of a store; each is answered by an index alone. */
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
    return new StoreStats(
        legacy + upgraded + fallback,
        legacy,
        upgraded,
        fallback,
        by(connection, "category"),
        by(connection, "scope"));
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
