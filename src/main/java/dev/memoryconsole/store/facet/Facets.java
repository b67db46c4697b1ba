package dev.memoryconsole.store.facet;

import java.util.List;

/**
 * Counts all memories of a store, which takes long where there are many: each call reads every
 * memory, in nobody's way, and is given up as soon as nobody waits for it. May be called from any
 * thread but the user interface's.
 */
public interface Facets {
  /** How many were remembered between these times, which rise: milliseconds since 1970. */
  TimeCounts byTime(List<Long> edges);

  /** How many have which tier and source, and how often they were recalled. */
  MetadataCounts byMetadata();

  /** Those whose text and metadata take the most room, the largest first. */
  List<LargeMemory> largest(int most);
}
