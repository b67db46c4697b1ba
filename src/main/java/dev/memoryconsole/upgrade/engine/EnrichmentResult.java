package dev.memoryconsole.upgrade.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.journal.JournalCode;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.memory.Enrichment;
import dev.memoryconsole.memory.Marker;
import dev.memoryconsole.memory.SimpleEnrichment;
import dev.memoryconsole.message.Wording;
import org.jspecify.annotations.Nullable;

/**
 * The result of phase 1 for one entry, as it is kept in the journal.
 *
 * @param enrichment the layers; null for the simple enrichment, which is made of the text at no
 *     cost
 * @param by who made them: {@code simple} or {@code llm:<model>}
 * @param error why the simple enrichment stood in; null if it did not
 * @param note what the admin should know; empty if nothing
 */
record EnrichmentResult(
    @Nullable Enrichment enrichment, String by, @Nullable String error, String note) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final EnrichmentResult PLAIN = new EnrichmentResult(null, Marker.SIMPLE, null, "");
  private static final String PLAIN_JSON = write(PLAIN);

  static EnrichmentResult of(Enriched enriched, String by) {
    return by.equals(Marker.SIMPLE) && enriched.note().isEmpty()
        ? PLAIN
        : new EnrichmentResult(
            enriched.enrichment(), by, null, Wording.ENGLISH.of(enriched.note()));
  }

  static EnrichmentResult fallback(String error) {
    return new EnrichmentResult(null, Marker.SIMPLE, error, "");
  }

  Marker marker(long at) {
    return new Marker(at, by, error);
  }

  /** One sentence for the outcome table. */
  String reason() {
    return error == null
        ? note
        : "Upgraded with the simple enrichment because the model failed: " + error;
  }

  /** What {@link #json} wrote. */
  static EnrichmentResult ofJson(String json) {
    try {
      return MAPPER.readValue(json, EnrichmentResult.class);
    } catch (JsonProcessingException e) {
      throw new JournalException(JournalCode.ENRICHMENT_UNREADABLE.with(), e);
    }
  }

  /** The layers, for the text that was enriched. */
  Enrichment enrichmentOf(String text) {
    return enrichment == null ? SimpleEnrichment.of(text) : enrichment;
  }

  String json() {
    return equals(PLAIN) ? PLAIN_JSON : write(this);
  }

  private static String write(EnrichmentResult result) {
    try {
      return MAPPER.writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Strings can always be written.", e);
    }
  }
}
