package dev.memoryconsole.store.sqlite.read;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.store.sqlite.schema.KeptCounts;
import dev.memoryconsole.store.sqlite.schema.MemoriesTable;
import dev.memoryconsole.store.sqlite.schema.PiecewiseRead;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Totals of a store: of states what the triggers have counted, of scopes and categories one pass
 * through an index. Where these are not there, or do not agree on how many memories there are, all
 * is counted.
 */
public final class StoreTotals {
  private StoreTotals() {}

  /** Whether the states are told by counts that are kept. */
  public static boolean areKept(Connection connection, TableLayout layout) throws SQLException {
    return layout.derived() && KeptCounts.ofAll(connection).isPresent();
  }

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
    private final Map<MemoryState, Long> states = new LinkedHashMap<>();
    private final Map<String, Long> categories = new LinkedHashMap<>();
    private final Map<String, Long> scopes = new LinkedHashMap<>();
    private long stamped;

    void add(Connection connection, TableLayout layout) throws SQLException {
      long rows = addPlaces(connection, layout);
      Optional<Map<Integer, Long>> kept =
          layout.derived() ? KeptCounts.of(connection, rows) : Optional.empty();
      if (kept.isPresent()) {
        kept.get().forEach(this::addKept);
      } else if (layout.derived()) {
        addCounted(connection, layout);
      } else {
        addDerived(connection, layout);
      }
    }

    private long addPlaces(Connection connection, TableLayout layout) throws SQLException {
      String index =
          layout.range() == null && MemoriesTable.hasScopeIndex(connection)
              ? " INDEXED BY memories_scope"
              : "";
      long all = 0;
      try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT coalesce(CAST(scope AS TEXT), ''), coalesce(CAST(category AS TEXT), ''),"
                      + " count(*) FROM memories"
                      + index
                      + layout.limited("WHERE", "memories")
                      + " GROUP BY scope, category");
          ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          long rows = row.getLong(3);
          scopes.merge(row.getString(1), rows, Long::sum);
          categories.merge(row.getString(2), rows, Long::sum);
          all += rows;
        }
      }
      return all;
    }

    private void addKept(int flags, long rows) {
      boolean corpus = (flags & 16) != 0;
      MemoryState state =
          corpus
              ? MemoryState.CORPUS
              : (flags & 3) == 0
                  ? MemoryState.LEGACY
                  : (flags & 4) != 0 ? MemoryState.FALLBACK : MemoryState.UPGRADED;
      states.merge(state, rows, Long::sum);
      stamped += !corpus && (flags & 47) == 33 ? rows : 0;
    }

    private void addDerived(Connection connection, TableLayout layout) throws SQLException {
      String scan =
          "SELECT d.flags | "
              + QuerySql.CORPUS_BY_ID
              + " * 18 AS kind, count(*) FROM "
              + DerivingScan.ofFlags(layout)
              + " d GROUP BY kind";
      try (PreparedStatement statement = connection.prepareStatement(scan);
          ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          addKept(rows.getInt(1), rows.getLong(2));
        }
      }
    }

    private void addCounted(Connection connection, TableLayout layout) throws SQLException {
      String scan =
          "SELECT CASE WHEN "
              + QuerySql.CORPUS
              + " THEN 'CORPUS' ELSE d.state END AS kind, count(*), count(*) FILTER (WHERE "
              + QuerySql.stamped()
              + ") FROM "
              + QuerySql.docs(layout)
              + " d WHERE d.state IS NOT NULL GROUP BY kind";
      try (PreparedStatement statement = connection.prepareStatement(scan);
          ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          MemoryState state = MemoryState.valueOf(rows.getString(1));
          states.merge(state, rows.getLong(2), Long::sum);
          stamped += state == MemoryState.UPGRADED ? rows.getLong(3) : 0;
        }
      }
    }

    StoreStats stats() {
      long legacy = of(MemoryState.LEGACY);
      long upgraded = of(MemoryState.UPGRADED);
      long fallback = of(MemoryState.FALLBACK);
      long corpus = of(MemoryState.CORPUS);
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

    private long of(MemoryState state) {
      return states.getOrDefault(state, 0L);
    }
  }
}
