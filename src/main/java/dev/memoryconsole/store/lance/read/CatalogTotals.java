package dev.memoryconsole.store.lance.read;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.store.facet.TimeCounts;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
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

  /** Counts the rows by their times: the edges rise, in milliseconds since 1970. */
  public static TimeCounts times(Iterable<FragmentRows> fragments, List<Long> edges) {
    long[] counts = new long[edges.size() + 1];
    long untimed = 0;
    for (FragmentRows fragment : fragments) {
      for (Row row : fragment.rows()) {
        if (row.millis() == Long.MIN_VALUE) {
          untimed++;
        } else {
          int at = Collections.binarySearch(edges, row.millis());
          counts[at >= 0 ? at + 1 : -at - 1]++;
        }
      }
    }
    return new TimeCounts(edges, Arrays.stream(counts).boxed().toList(), untimed);
  }

  private static String named(@Nullable String value) {
    return value == null ? "" : value;
  }
}
