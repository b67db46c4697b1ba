package dev.memoryconsole.store.sqlite.read;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.store.sqlite.connection.Sql;
import dev.memoryconsole.store.sqlite.schema.MemoriesTable;
import dev.memoryconsole.store.sqlite.schema.PiecewiseRead;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * StoreTotals of a store. Once all is derived, each is answered by an index alone but for what was
 * stamped: for that all rows are read, one after the other as they are in the file.
 */
public final class StoreTotals {
  // By the id, and by the flag: in each case without reading what belongs to others.
  private static final List<String> CORPUS =
      List.of(
          "SELECT state, count(*) FROM memories_doc d WHERE state IS NOT NULL AND "
              + QuerySql.CORPUS_BY_ID
              + " GROUP BY state",
          "SELECT state, count(*) FROM memories_doc d WHERE state IN ('UPGRADED', 'FALLBACK')"
              + " AND d.flags & 16 AND NOT "
              + QuerySql.CORPUS_BY_ID
              + " GROUP BY state");

  private StoreTotals() {}

  public static StoreStats of(Connection connection, TableLayout layout) throws SQLException {
    Sums sums = new Sums();
    if (layout.piecewise()) {
      PiecewiseRead.of(connection, rows -> sums.add(connection, layout.within(rows)));
    } else {
      sums.add(connection, layout);
    }
    return sums.stats();
  }

  /** The sums over the rows looked at so far. */
  private static final class Sums {
    private final Map<String, Long> states = new LinkedHashMap<>();
    private final Map<String, Long> categories = new LinkedHashMap<>();
    private final Map<String, Long> scopes = new LinkedHashMap<>();
    private long stamped;

    void add(Connection connection, TableLayout layout) throws SQLException {
      stamped += states(connection, layout, states);
      by(connection, layout, "category")
          .forEach((key, rows) -> categories.merge(key, rows, Long::sum));
      by(connection, layout, "scope").forEach((key, rows) -> scopes.merge(key, rows, Long::sum));
    }

    StoreStats stats() {
      long legacy = of(states, MemoryState.LEGACY);
      long upgraded = of(states, MemoryState.UPGRADED);
      long fallback = of(states, MemoryState.FALLBACK);
      long corpus = of(states, MemoryState.CORPUS);
      return new StoreStats(
          legacy + upgraded + fallback + corpus,
          legacy,
          upgraded - stamped,
          fallback,
          stamped,
          corpus,
          categories,
          scopes);
    }
  }

  // One pass where nothing is derived: it costs as much as the rows are long.
  private static long states(Connection connection, TableLayout layout, Map<String, Long> states)
      throws SQLException {
    if (layout.derived()) {
      states.putAll(
          counts(
              connection,
              "SELECT state, count(*) FROM memories_doc WHERE state IS NOT NULL GROUP BY state"));
      for (String corpus : CORPUS) {
        counts(connection, corpus)
            .forEach(
                (state, rows) -> {
                  states.merge(state, -rows, Long::sum);
                  states.merge(MemoryState.CORPUS.name(), rows, Long::sum);
                });
      }
      return Sql.number(connection, QuerySql.COUNT_STAMPED);
    }
    String scan =
        "SELECT CASE WHEN "
            + QuerySql.CORPUS
            + " THEN 'CORPUS' ELSE d.state END AS kind, count(*), count(*) FILTER (WHERE "
            + QuerySql.stamped(layout)
            + ") FROM "
            + QuerySql.docs(layout)
            + " d GROUP BY kind";
    long stamped = 0;
    try (PreparedStatement statement = connection.prepareStatement(scan);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        states.merge(rows.getString(1), rows.getLong(2), Long::sum);
        stamped += MemoryState.UPGRADED.name().equals(rows.getString(1)) ? rows.getLong(3) : 0;
      }
    }
    return stamped;
  }

  private static long of(Map<String, Long> states, MemoryState state) {
    return states.getOrDefault(state.name(), 0L);
  }

  private static Map<String, Long> by(Connection connection, TableLayout layout, String column)
      throws SQLException {
    String index =
        layout.range() == null && MemoriesTable.hasScopeIndex(connection)
            ? " INDEXED BY memories_scope"
            : "";
    return counts(
        connection,
        "SELECT coalesce(CAST(%s AS TEXT), ''), count(*) FROM memories%s%s GROUP BY 1"
            .formatted(column, index, layout.limited("WHERE", "memories")));
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
