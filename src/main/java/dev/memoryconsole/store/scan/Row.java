package dev.memoryconsole.store.scan;

import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import org.jspecify.annotations.Nullable;

/**
 * What filters, orders and totals need of a row.
 *
 * @param importance not a number if absent
 * @param millis when it was remembered, milliseconds since 1970 also where the row holds seconds;
 *     the least possible if absent
 * @param address where it is, for its store: no two rows have the same one
 */
public record Row(
    String id,
    @Nullable String category,
    @Nullable String scope,
    double importance,
    long millis,
    LegacyRule.Traits traits,
    long address) {
  /** A row's time for its order: milliseconds, the least possible if absent. */
  public static long millis(@Nullable Long timestamp) {
    Long millis = MemoryEntry.millisOf(timestamp);
    return millis == null ? Long.MIN_VALUE : millis;
  }
}
