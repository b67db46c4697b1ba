package dev.memoryconsole.store.scan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.store.EntryQuery;
import org.jspecify.annotations.Nullable;

/** What a row is sorted by that a {@link Row} does not hold. Stateless. */
public final class SortText {
  private SortText() {}

  /** The part of a text that counts for its place. */
  public static String ofText(String text) {
    return text.substring(0, Math.min(text.length(), EntryQuery.TEXT_ORDER_LENGTH));
  }

  /** The tier, as the metadata has it; null if that is no text. */
  public static @Nullable String tierOf(@Nullable String metadata) {
    return MetadataJson.object(metadata)
        .map(object -> object.get(Keys.TIER))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .orElse(null);
  }
}
