package dev.memoryconsole.store.facet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many memories were remembered when.
 *
 * @param edges times, rising, in milliseconds since 1970
 * @param counts how many were remembered before the first edge, between each and the next, and from
 *     the last one on
 * @param untimed how many have no time
 */
public record TimeCounts(List<Long> edges, List<Long> counts, long untimed) {
  /** Copies both lists. */
  public TimeCounts {
    edges = List.copyOf(edges);
    counts = List.copyOf(counts);
    if (counts.size() != edges.size() + 1) {
      throw new IllegalArgumentException(counts.size() + " counts for " + edges.size() + " edges");
    }
  }

  /**
   * How many are in a range.
   *
   * @param from one of the edges; null for any time
   * @param until one of the edges, the first millisecond behind; null for any time
   */
  long between(@Nullable Long from, @Nullable Long until) {
    int first = from == null ? 0 : edges.indexOf(from) + 1;
    int last = until == null ? edges.size() : edges.indexOf(until);
    return counts.subList(first, last + 1).stream().mapToLong(Long::longValue).sum();
  }
}
