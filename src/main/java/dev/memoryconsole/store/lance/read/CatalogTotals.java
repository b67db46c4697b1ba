package dev.memoryconsole.store.lance.read;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.StoreStats;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts all rows by state, category and scope. */
public final class CatalogTotals {
  private CatalogTotals() {}

  /** Counts the rows. */
  public static StoreStats of(Iterable<FragmentRows> fragments) {
    Map<MemoryState, Long> states = new EnumMap<>(MemoryState.class);
    Map<String, Long> categories = new TreeMap<>();
    Map<String, Long> scopes = new TreeMap<>();
    long total = 0;
    long stamped = 0;
    for (FragmentRows fragment : fragments) {
      for (Row row : fragment.rows()) {
        total++;
        if (row.traits().stamped()) {
          stamped++;
        } else {
          states.merge(row.traits().state(), 1L, Long::sum);
        }
        categories.merge(named(row.category()), 1L, Long::sum);
        scopes.merge(named(row.scope()), 1L, Long::sum);
      }
    }
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
