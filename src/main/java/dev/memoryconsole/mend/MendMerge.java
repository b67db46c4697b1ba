package dev.memoryconsole.mend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.MemoryCategory;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import java.util.Optional;
import java.util.Set;

/**
 * What a mend makes of the metadata of a row: the re-read row's own, the keys of its plan, and the
 * marker. An archived memory gets the layer and the two keys that the plugin gives it, and one that
 * comes back loses them. Pure.
 */
public final class MendMerge {
  /** The state of what the agent recalls no longer. */
  public static final String ARCHIVED = "archived";

  private static final String ARCHIVE = "archive";
  private static final String ARCHIVED_BY = "memory-console";
  private static final String MAPPED_REFLECTION = "memory-reflection-mapped";
  private static final Set<String> REFLECTING =
      Set.of("reflection", "dreaming-engine", "session-summary");

  private MendMerge() {}

  /** Whether the agent recalls a memory no longer. */
  public static boolean isArchived(MemoryEntry row) {
    return isArchived(MetadataJson.objectOrEmpty(row.metadata()));
  }

  /** Whether a row with this metadata is archived. */
  public static boolean isArchived(ObjectNode metadata) {
    return text(metadata, Keys.STATE).equals(ARCHIVED);
  }

  /**
   * The metadata to write.
   *
   * @param row the row as re-read inside the lock
   * @param keys what keys become
   * @param markedAt the marker: the time of this write, milliseconds since 1970, and of no other
   */
  public static String merge(MemoryEntry row, ObjectNode keys, long markedAt) {
    String raw = row.metadata();
    Optional<ObjectNode> object = MetadataJson.object(raw);
    ObjectNode merged = object.orElseGet(() -> MetadataJson.objectOrEmpty(null));
    if (object.isEmpty() && raw != null && !raw.isEmpty()) {
      merged.put(Keys.UNPARSED, raw);
    }
    keys.properties().forEach(key -> merged.set(key.getKey(), key.getValue()));
    if (keys.has(Keys.STATE)) {
      layer(merged, row, markedAt);
    }
    merged.put(Keys.MENDED_AT, markedAt);
    return MetadataJson.write(merged);
  }

  /** The plugin recalls by the layer as well. */
  private static void layer(ObjectNode merged, MemoryEntry row, long at) {
    if (text(merged, Keys.STATE).equals(ARCHIVED)) {
      merged.put(Keys.MEMORY_LAYER, ARCHIVE);
      merged.put(Keys.ARCHIVED_AT, at);
      merged.put(Keys.ARCHIVE_REASON, ARCHIVED_BY);
      return;
    }
    merged.remove(Keys.ARCHIVED_AT);
    merged.remove(Keys.ARCHIVE_REASON);
    if (text(merged, Keys.MEMORY_LAYER).equals(ARCHIVE)) {
      merged.put(Keys.MEMORY_LAYER, liveLayer(merged, row));
    }
  }

  /** The layer that an upgrade would give it; see the table of defaults in merge.md. */
  private static String liveLayer(ObjectNode merged, MemoryEntry row) {
    if (REFLECTING.contains(text(merged, Keys.SOURCE))
        && !text(merged, Keys.TYPE).equals(MAPPED_REFLECTION)) {
      return "reflection";
    }
    MemoryCategory category =
        MemoryCategory.ofKey(text(merged, Keys.MEMORY_CATEGORY))
            .orElseGet(() -> MemoryCategory.fromColumn(row.category(), row.text()));
    return switch (category) {
      case PROFILE, PREFERENCES, EVENTS -> "durable";
      case ENTITIES, CASES, PATTERNS -> "working";
    };
  }

  private static String text(ObjectNode object, String key) {
    return object.path(key).asText("");
  }
}
