package dev.memoryconsole.store.facet;

import java.util.List;

/**
 * How many memories there are of each kind, in the order in which kinds are shown.
 *
 * @param facet what tells kinds apart
 */
public record Breakdown(Facet facet, List<Slice> slices) {
  /** Copies the list. */
  public Breakdown {
    slices = List.copyOf(slices);
  }

  /** How many memories there are in all. */
  public long total() {
    return slices.stream().mapToLong(Slice::count).sum();
  }
}
