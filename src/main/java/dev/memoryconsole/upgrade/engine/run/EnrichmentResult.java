package dev.memoryconsole.upgrade.engine.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.journal.JournalCode;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.memory.Enrichment;
import dev.memoryconsole.memory.Marker;
import dev.memoryconsole.memory.SimpleEnrichment;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.MessageText;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.upgrade.UpgradeCode;
import org.jspecify.annotations.Nullable;

/**
 * The result of phase 1 for one entry, as it is kept in the journal.
 *
 * @param enrichment the layers; null for the simple enrichment, which is made of the text at no
 *     cost
 * @param by who made them: {@code simple} or {@code llm:<model>}
 * @param error why the simple enrichment stood in, as {@link MessageText} keeps it; null if it did
 *     not
 * @param note what the admin should know, as {@link MessageText} keeps it; empty if nothing
 */
public record EnrichmentResult(
    @Nullable Enrichment enrichment, String by, @Nullable String error, String note) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final EnrichmentResult PLAIN = new EnrichmentResult(null, Marker.SIMPLE, null, "");
  private static final String PLAIN_JSON = write(PLAIN);

  /**
   * What an enricher answered.
   *
   * @param by the enricher's name
   */
  public static EnrichmentResult of(Enriched enriched, String by) {
    return by.equals(Marker.SIMPLE) && enriched.note().isEmpty()
        ? PLAIN
        : new EnrichmentResult(enriched.enrichment(), by, null, MessageText.write(enriched.note()));
  }

  /** The simple enrichment that stands in because of this error. */
  public static EnrichmentResult fallback(Message error) {
    return new EnrichmentResult(null, Marker.SIMPLE, MessageText.write(error), "");
  }

  /** The marker of a write at this time, milliseconds since 1970. */
  public Marker marker(long at) {
    return new Marker(at, by, error == null ? null : Wording.ENGLISH.of(MessageText.read(error)));
  }

  /** What the admin should know; empty if there is nothing to say. */
  public Message reason() {
    return error == null
        ? MessageText.read(note)
        : UpgradeCode.FELL_BACK.with(MessageText.read(error));
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws JournalException if it can't be read
   */
  public static EnrichmentResult ofJson(String json) {
    try {
      return MAPPER.readValue(json, EnrichmentResult.class);
    } catch (JsonProcessingException e) {
      throw new JournalException(JournalCode.ENRICHMENT_UNREADABLE.with(), e);
    }
  }

  /** The layers, for the text that was enriched. */
  public Enrichment enrichmentOf(String text) {
    return enrichment == null ? SimpleEnrichment.of(text) : enrichment;
  }

  /** The result as the journal keeps it. */
  public String json() {
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
