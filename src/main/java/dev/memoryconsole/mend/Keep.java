package dev.memoryconsole.mend;

import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.MemoryEntry;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which of several duplicates is kept. Of equal ones it is the first in the store's order. */
public enum Keep {
  /** The one that was recalled most often; of those the oldest. */
  MOST_USED(
      Comparator.comparingLong((MemoryEntry row) -> -MergedCounters.count(row, Keys.ACCESS_COUNT))
          .thenComparingLong(Keep::age)),
  /** The one that was remembered first; one without a time counts as the youngest. */
  OLDEST(Comparator.comparingLong(Keep::age));

  @SuppressWarnings("ImmutableEnumChecker")
  private final Comparator<MemoryEntry> order;

  Keep(Comparator<MemoryEntry> order) {
    this.order = order;
  }

  /** The one that is kept comes first. */
  Comparator<MemoryEntry> order() {
    return order;
  }

  private static long age(MemoryEntry row) {
    Long millis = row.timestampMillis();
    return millis == null ? Long.MAX_VALUE : millis;
  }

  /** Its name as it is typed: {@code most-used}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The rule of that name. */
  public static Optional<Keep> of(String key) {
    return Arrays.stream(values()).filter(keep -> keep.key().equals(key)).findFirst();
  }
}
