package dev.memoryconsole.store.scan;

import dev.memoryconsole.store.facet.TimeCounts;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Counts rows by their times. For one thread. */
public final class TimeTally {
  private final List<Long> edges;
  private final long[] counts;
  private long untimed;

  /**
   * Counts between these times.
   *
   * @param edges rising, in milliseconds since 1970
   */
  public TimeTally(List<Long> edges) {
    this.edges = edges;
    counts = new long[edges.size() + 1];
  }

  /** Adds a row's {@link Row#millis()}. */
  public void add(long millis) {
    if (millis == Long.MIN_VALUE) {
      untimed++;
    } else {
      int at = Collections.binarySearch(edges, millis);
      counts[at >= 0 ? at + 1 : -at - 1]++;
    }
  }

  /** All that was added. */
  public TimeCounts counts() {
    return new TimeCounts(edges, Arrays.stream(counts).boxed().toList(), untimed);
  }
}
