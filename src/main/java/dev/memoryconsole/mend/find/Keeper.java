package dev.memoryconsole.mend.find;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.MetadataJson;
import java.util.Comparator;

/**
 * Chooses the one to keep of several memories that say the same: the one that was recalled most,
 * then one in the new form, then the oldest. Pure.
 */
public final class Keeper {
  private static final Comparator<MemoryEntry> WORTH =
      Comparator.comparingDouble(Keeper::recalls)
          .thenComparing(Keeper::isUpgraded)
          .thenComparing(Keeper::time, Comparator.reverseOrder())
          .thenComparing(MemoryEntry::id, Comparator.reverseOrder());

  private Keeper() {}

  /** The one of two that is rather to be kept. */
  public static MemoryEntry better(MemoryEntry one, MemoryEntry other) {
    return WORTH.compare(one, other) < 0 ? other : one;
  }

  private static double recalls(MemoryEntry row) {
    ObjectNode metadata = MetadataJson.objectOrEmpty(row.metadata());
    return number(metadata.path("access_count")) + number(metadata.path("injected_count"));
  }

  /** The plugin takes numbers that are written as texts too. */
  private static double number(JsonNode node) {
    double value = node.isTextual() ? node.asDouble(0) : node.doubleValue();
    return Double.isFinite(value) && value > 0 ? value : 0;
  }

  private static boolean isUpgraded(MemoryEntry row) {
    return LegacyRule.stateOf(row) == MemoryState.UPGRADED;
  }

  private static long time(MemoryEntry row) {
    Long time = row.timestampMillis();
    return time == null ? Long.MAX_VALUE : time;
  }
}
