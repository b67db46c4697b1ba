package dev.memoryconsole.store.lance;

import dev.memoryconsole.memory.LegacyRule;
import org.jspecify.annotations.Nullable;

/**
 * What filters, orders and totals need of a row.
 *
 * @param importance not a number if absent
 * @param millis when it was remembered, milliseconds since 1970 also where the row holds seconds;
 *     the least possible if absent
 * @param address where it is: the fragment in the upper half, its place there in the lower
 */
record Row(
    String id,
    @Nullable String category,
    @Nullable String scope,
    double importance,
    long millis,
    LegacyRule.Traits traits,
    long address) {
  private static final long FIRST_MILLIS = 1_000_000_000_000L;
  private static final long MILLIS = 1_000;

  /** A row's time in milliseconds: what is below 10^12 is seconds. */
  static long millis(@Nullable Long timestamp) {
    if (timestamp == null) {
      return Long.MIN_VALUE;
    }
    return Math.abs(timestamp) < FIRST_MILLIS ? timestamp * MILLIS : timestamp;
  }
}
