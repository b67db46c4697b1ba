package dev.memoryconsole.mend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.memory.RowColumn;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the memory that is kept of several duplicates takes over from the others: what was counted
 * of all of them together, the latest of their times, and the greatest importance. Pure.
 */
public final class MergedCounters {
  private static final List<String> SUMS =
      List.of(Keys.ACCESS_COUNT, Keys.INJECTED_COUNT, Keys.BAD_RECALL_COUNT);
  private static final List<String> LATEST =
      List.of(Keys.LAST_ACCESSED_AT, Keys.LAST_INJECTED_AT, Keys.LAST_CONFIRMED_USE_AT);

  private MergedCounters() {}

  /** The keys of the kept one that become something else. */
  public static ObjectNode keys(MemoryEntry kept, Collection<MemoryEntry> others) {
    ObjectNode keys = MetadataJson.objectOrEmpty(null);
    for (String key : SUMS) {
      long more = others.stream().mapToLong(row -> count(row, key)).sum();
      if (more > 0) {
        keys.put(key, count(kept, key) + more);
      }
    }
    for (String key : LATEST) {
      long latest = others.stream().mapToLong(row -> count(row, key)).max().orElse(0);
      if (latest > count(kept, key)) {
        keys.put(key, latest);
      }
    }
    return keys;
  }

  /** The columns of the kept one that become something else. */
  public static ColumnValues columns(MemoryEntry kept, Collection<MemoryEntry> others) {
    Map<RowColumn, @Nullable Object> columns = new EnumMap<>(RowColumn.class);
    others.stream()
        .map(MemoryEntry::importance)
        .filter(importance -> importance != null && Double.isFinite(importance))
        .max(Double::compare)
        .filter(most -> kept.importance() == null || most > kept.importance())
        .ifPresent(most -> columns.put(RowColumn.IMPORTANCE, most));
    return new ColumnValues(columns).changing(kept);
  }

  /**
   * What a later look at the kept one adds once more, because an older copy was written over it.
   *
   * @param before its metadata before the merge
   * @param written what the merge wrote
   */
  public static ObjectNode again(
      MemoryEntry kept, @Nullable String before, @Nullable String written) {
    ObjectNode was = MetadataJson.objectOrEmpty(before);
    ObjectNode became = MetadataJson.objectOrEmpty(written);
    ObjectNode keys = MetadataJson.objectOrEmpty(null);
    for (String key : SUMS) {
      long more = number(became.path(key)) - number(was.path(key));
      if (more > 0) {
        keys.put(key, count(kept, key) + more);
      }
    }
    for (String key : LATEST) {
      if (number(became.path(key)) > count(kept, key)) {
        keys.set(key, became.get(key));
      }
    }
    return keys;
  }

  /** What a row has counted, as the plugin reads it; 0 if nothing. */
  static long count(MemoryEntry row, String key) {
    return number(MetadataJson.objectOrEmpty(row.metadata()).path(key));
  }

  /** A finite number of at least 0, rounded down; a text that is one counts. */
  private static long number(JsonNode node) {
    double value = node.isNumber() ? node.doubleValue() : parsed(node);
    return Double.isFinite(value) && value > 0 ? (long) value : 0;
  }

  private static double parsed(JsonNode node) {
    try {
      return node.isTextual() ? Double.parseDouble(node.textValue().strip()) : 0;
    } catch (NumberFormatException noNumber) {
      return 0;
    }
  }
}
