package dev.memoryconsole.ui.entries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.ui.common.table.Badge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One memory as the table shows it.
 *
 * @param entry the memory; null while its page is being loaded
 * @param line its text on one line
 * @param badge where it stands
 * @param category its old category; empty if absent
 * @param memoryCategory its new category; empty if it has none
 * @param tier its tier; empty if it has none
 */
public record MemoryRow(
    @Nullable MemoryEntry entry,
    String line,
    Badge badge,
    String category,
    String memoryCategory,
    String tier) {

  /** Stands in until the row is loaded. */
  public static final MemoryRow LOADING = new MemoryRow(null, "…", Badge.WORKING, "", "", "");

  /** Stands for a memory that was there when the rows were listed. */
  static final MemoryRow GONE = new MemoryRow(null, "", Badge.SKIPPED, "", "", "");

  private static final int LINE = 400;

  /** Reads what the table needs. */
  public static MemoryRow of(MemoryEntry entry, Set<String> failedIds) {
    Optional<ObjectNode> metadata = MetadataJson.object(entry.metadata());
    LegacyRule.Traits traits = LegacyRule.traitsOf(entry.id(), entry.category(), entry.metadata());
    boolean failed = traits.state() == MemoryState.LEGACY && failedIds.contains(entry.id());
    return new MemoryRow(
        entry,
        oneLine(entry.text()),
        failed ? Badge.FAILED : traits.stamped() ? Badge.STAMPED : Badge.of(traits.state()),
        Objects.requireNonNullElse(entry.category(), ""),
        text(metadata, "memory_category"),
        text(metadata, "tier"));
  }

  /** Reads what the table needs of each. */
  static List<MemoryRow> of(List<MemoryEntry> entries, Set<String> failedIds) {
    return entries.stream().map(entry -> of(entry, failedIds)).toList();
  }

  /**
   * Reads what the table needs of rows in the places that a list has for them.
   *
   * @param ids the list
   * @param found the memories with these ids that are still there, in any order
   */
  static List<MemoryRow> inPlaces(
      List<String> ids, List<MemoryEntry> found, Set<String> failedIds) {
    Map<String, Deque<MemoryEntry>> byId = new HashMap<>();
    found.forEach(entry -> byId.computeIfAbsent(entry.id(), id -> new ArrayDeque<>(1)).add(entry));
    List<MemoryRow> rows = new ArrayList<>(ids.size());
    for (String id : ids) {
      Deque<MemoryEntry> of = byId.get(id);
      MemoryEntry entry = of == null ? null : of.poll();
      rows.add(entry == null ? GONE : of(entry, failedIds));
    }
    return rows;
  }

  /** Whether the memory was deleted since the rows were listed. */
  boolean isGone() {
    return equals(GONE);
  }

  /** Whether the memory is there. */
  public boolean isLoaded() {
    return entry != null;
  }

  /** The memory's id; empty while it is being loaded. */
  public String id() {
    return entry == null ? "" : entry.id();
  }

  /** Old category, and the new one if it has one. */
  public String categories() {
    if (memoryCategory.isEmpty()) {
      return category;
    }
    return category.isEmpty() ? memoryCategory : category + " → " + memoryCategory;
  }

  /** Whom it belongs to; empty if absent. */
  public String scope() {
    return entry == null ? "" : Objects.requireNonNullElse(entry.scope(), "");
  }

  /** When it was remembered; null if absent. */
  public @Nullable Long time() {
    return entry == null ? null : entry.timestampMillis();
  }

  /** Its importance; null if absent. */
  public @Nullable Double importance() {
    return entry == null ? null : entry.importance();
  }

  /** The first eight characters of the id. */
  public String shortId() {
    return id().substring(0, Math.min(8, id().length()));
  }

  /** Why the simple enrichment stood in for the model; empty if it did not. */
  public String upgradeError() {
    return entry == null ? "" : text(MetadataJson.object(entry.metadata()), "upgrade_error");
  }

  private static String oneLine(String text) {
    String cut = text.length() > LINE ? text.substring(0, LINE) + "…" : text;
    return cut.strip().replaceAll("\\s+", " ");
  }

  private static String text(Optional<ObjectNode> metadata, String key) {
    JsonNode value = metadata.map(object -> object.get(key)).orElse(null);
    return value != null && value.isTextual() ? value.textValue() : "";
  }
}
