package dev.memoryconsole.store;

import dev.memoryconsole.memory.MemoryState;
import java.util.Map;

/**
 * Totals of a store. {@code total = legacy + upgraded + fallback + stamped + corpus}; rows that are
 * never legacy (reflections) count as upgraded.
 *
 * @param stamped rows that look upgraded and probably never were: {@link
 *     dev.memoryconsole.memory.LegacyRule.Traits#stamped}; not counted as upgraded
 * @param corpus rows that the plugin's corpus indexer keeps in step with files
 * @param byCategory rows by the old category column; an absent one is the empty string
 * @param byScope rows by scope; an absent one is the empty string
 */
public record StoreStats(
    long total,
    long legacy,
    long upgraded,
    long fallback,
    long stamped,
    long corpus,
    Map<String, Long> byCategory,
    Map<String, Long> byScope) {
  /** How many are in each state; the stamped ones are in none. */
  public Map<MemoryState, Long> byState() {
    return Map.of(
        MemoryState.LEGACY, legacy,
        MemoryState.UPGRADED, upgraded,
        MemoryState.FALLBACK, fallback,
        MemoryState.CORPUS, corpus);
  }
}
