package dev.memoryconsole.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which memories need an upgrade: the rule of merge.md. */
public final class LegacyRule {
  /** Rows of this category are never legacy. */
  public static final String REFLECTION_CATEGORY = "reflection";

  /** Rows whose metadata has one of these as {@code type} are never legacy. */
  public static final Set<String> REFLECTION_TYPES =
      Set.of(
          "memory-reflection",
          "memory-reflection-event",
          "memory-reflection-item",
          "memory-reflection-mapped");

  private LegacyRule() {}

  /** Where a row stands. */
  public static MemoryState stateOf(MemoryEntry entry) {
    Optional<ObjectNode> metadata = MetadataJson.object(entry.metadata());
    if (isLegacy(entry.category(), metadata.orElse(null))) {
      return MemoryState.LEGACY;
    }
    boolean fellBack =
        metadata.map(object -> !text(object, Keys.UPGRADE_ERROR).isEmpty()).orElse(false);
    return fellBack ? MemoryState.FALLBACK : MemoryState.UPGRADED;
  }

  /**
   * Whether a retry of the whole store takes this row: its marker says {@code simple}, or it
   * carries an {@code upgrade_error}.
   */
  public static boolean isRetryable(MemoryEntry entry) {
    return MetadataJson.object(entry.metadata())
        .map(
            object ->
                Marker.SIMPLE.equals(text(object, Keys.UPGRADED_BY))
                    || !text(object, Keys.UPGRADE_ERROR).isEmpty())
        .orElse(false);
  }

  private static boolean isLegacy(@Nullable String category, @Nullable ObjectNode metadata) {
    if (REFLECTION_CATEGORY.equals(category)) {
      return false;
    }
    if (metadata == null) {
      return true;
    }
    return !REFLECTION_TYPES.contains(text(metadata, Keys.TYPE))
        && !isTruthy(metadata.get(Keys.MEMORY_CATEGORY));
  }

  /** JavaScript's notion of a value that is there, which is the plugin's rule. */
  private static boolean isTruthy(@Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return false;
    }
    return switch (node.getNodeType()) {
      case STRING -> !node.textValue().isEmpty();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> node.decimalValue().signum() != 0;
      default -> true;
    };
  }

  private static String text(ObjectNode object, String key) {
    JsonNode node = object.get(key);
    return node != null && node.isTextual() ? node.textValue() : "";
  }
}
