package dev.memoryconsole.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which memories need an upgrade: the rule of src/docs/merge.md. */
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

  /** The prefix of the ids of rows that the plugin's corpus indexer keeps in step with files. */
  public static final String CORPUS_PREFIX = "corpus:";

  /** The {@code type} of rows that the plugin makes of a whole session in one go. */
  public static final String SESSION_SUMMARY = "session-summary";

  private static final String LEGACY_SOURCE = "legacy";

  /**
   * What a row's category column and metadata say about upgrades.
   *
   * @param state where it stands
   * @param retryable whether a retry of the whole store takes it: its marker says {@code simple},
   *     or it carries an {@code upgrade_error}
   * @param stamped whether it was probably never upgraded, although it has a category of the new
   *     kind: the plugin stamps one on a legacy row when it patches it. Such a row is {@code
   *     UPGRADED} by the legacy rule, its {@code source} is legacy or absent, and it carries
   *     neither {@code upgraded_at} nor {@code upgraded_by}; nor was it made in one go, as session
   *     summaries and compactions are
   */
  public record Traits(MemoryState state, boolean retryable, boolean stamped) {}

  private LegacyRule() {}

  /** Where a row stands. */
  public static MemoryState stateOf(MemoryEntry entry) {
    return traitsOf(entry.id(), entry.category(), entry.metadata()).state();
  }

  /** Whether a retry of the whole store takes this row. */
  public static boolean isRetryable(MemoryEntry entry) {
    return traitsOf(entry.id(), entry.category(), entry.metadata()).retryable();
  }

  /** Whether this row was probably never upgraded, although it looks so. */
  public static boolean isStamped(MemoryEntry entry) {
    return traitsOf(entry.id(), entry.category(), entry.metadata()).stamped();
  }

  /**
   * Whether the plugin certainly stamped this row: it writes the source as well. A row without a
   * source may be the work of another program.
   */
  public static boolean isStampedByPlugin(MemoryEntry entry) {
    return isStamped(entry)
        && MetadataJson.object(entry.metadata())
            .map(object -> text(object, Keys.SOURCE).equals(LEGACY_SOURCE))
            .orElse(false);
  }

  /** Answers all three questions and parses the metadata once. */
  public static Traits traitsOf(String id, @Nullable String category, @Nullable String metadata) {
    return traitsOf(id, category, MetadataJson.object(metadata).orElse(null));
  }

  /** Where a row stands whose metadata is this object, or is none. */
  public static MemoryState stateOf(MemoryEntry entry, @Nullable ObjectNode metadata) {
    return traitsOf(entry.id(), entry.category(), metadata).state();
  }

  private static Traits traitsOf(
      String id, @Nullable String category, @Nullable ObjectNode object) {
    if (id.startsWith(CORPUS_PREFIX) || isTrue(object, Keys.OPENCLAW_CORPUS)) {
      return new Traits(MemoryState.CORPUS, false, false);
    }
    boolean never = isNeverLegacy(category, object);
    if (object == null) {
      return new Traits(never ? MemoryState.UPGRADED : MemoryState.LEGACY, false, false);
    }
    boolean fellBack = !text(object, Keys.UPGRADE_ERROR).isEmpty();
    boolean retryable = fellBack || Marker.SIMPLE.equals(text(object, Keys.UPGRADED_BY));
    if (!never && !isTruthy(object.get(Keys.MEMORY_CATEGORY))) {
      return new Traits(MemoryState.LEGACY, retryable, false);
    }
    String source = text(object, Keys.SOURCE);
    boolean stamped =
        !never
            && !retryable
            && (source.isEmpty() || source.equals(LEGACY_SOURCE))
            && !object.has(Keys.UPGRADED_AT)
            && !object.has(Keys.UPGRADED_BY)
            && !text(object, Keys.TYPE).equals(SESSION_SUMMARY)
            && !isTrue(object, Keys.COMPACTED);
    return new Traits(fellBack ? MemoryState.FALLBACK : MemoryState.UPGRADED, retryable, stamped);
  }

  private static boolean isNeverLegacy(@Nullable String category, @Nullable ObjectNode metadata) {
    return REFLECTION_CATEGORY.equals(category)
        || (metadata != null && REFLECTION_TYPES.contains(text(metadata, Keys.TYPE)));
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

  private static boolean isTrue(@Nullable ObjectNode object, String key) {
    return object != null && object.path(key).isBoolean() && object.path(key).booleanValue();
  }

  private static String text(ObjectNode object, String key) {
    JsonNode node = object.get(key);
    return node != null && node.isTextual() ? node.textValue() : "";
  }
}
