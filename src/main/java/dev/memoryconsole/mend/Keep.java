package dev.memoryconsole.mend;

import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which of several duplicates is kept. Of equal ones it is the one with the least id. */
public enum Keep {
  /**
   * The one that was recalled and put into prompts most; of those one in the new form, then the
   * oldest.
   */
  MOST_USED(
      Comparator.comparingLong(Keep::uses)
          .reversed()
          .thenComparing(row -> LegacyRule.stateOf(row) != MemoryState.UPGRADED)
          .thenComparingLong(Keep::age)),
  /** The one that was remembered first; one without a time counts as the youngest. */
  OLDEST(Comparator.comparingLong(Keep::age));

  @SuppressWarnings("ImmutableEnumChecker")
  private final Comparator<MemoryEntry> order;

  Keep(Comparator<MemoryEntry> order) {
    this.order = order.thenComparing(MemoryEntry::id);
  }

  /** The one that is kept comes first. */
  public Comparator<MemoryEntry> order() {
    return order;
  }

  /**
   * The one that is kept comes first.
   *
   * @param chosen the ids of those that are kept whatever the rule says
   */
  public Comparator<MemoryEntry> order(Set<String> chosen) {
    return Comparator.comparing((MemoryEntry row) -> !chosen.contains(row.id()))
        .thenComparing(order);
  }

  private static long uses(MemoryEntry row) {
    return MergedCounters.count(row, Keys.ACCESS_COUNT)
        + MergedCounters.count(row, Keys.INJECTED_COUNT);
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
