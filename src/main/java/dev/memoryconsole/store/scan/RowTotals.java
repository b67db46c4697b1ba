package dev.memoryconsole.store.scan;

import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.StoreStats;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts rows by state, category and scope. For one thread. */
public final class RowTotals {
  private final Map<MemoryState, Long> states = new EnumMap<>(MemoryState.class);
  private final Map<String, Long> categories = new TreeMap<>();
  private final Map<String, Long> scopes = new TreeMap<>();
  private long total;
  private long stamped;

  /** Adds a row. */
  public void add(Row row) {
    add(row.category(), row.scope(), row.traits(), 1);
  }

  /** Adds rows that are alike. */
  public void add(
      @Nullable String category, @Nullable String scope, LegacyRule.Traits traits, long rows) {
    total += rows;
    if (traits.stamped()) {
      stamped += rows;
    } else {
      states.merge(traits.state(), rows, Long::sum);
    }
    categories.merge(named(category), rows, Long::sum);
    scopes.merge(named(scope), rows, Long::sum);
  }

  /** All that was added. */
  public StoreStats stats() {
    return new StoreStats(
        total,
        states.getOrDefault(MemoryState.LEGACY, 0L),
        states.getOrDefault(MemoryState.UPGRADED, 0L),
        states.getOrDefault(MemoryState.FALLBACK, 0L),
        stamped,
        states.getOrDefault(MemoryState.CORPUS, 0L),
        categories,
        scopes);
  }

  private static String named(@Nullable String value) {
    return value == null ? "" : value;
  }
}
