package dev.memoryconsole.enrich;

import dev.memoryconsole.memory.Enrichment;
import dev.memoryconsole.memory.MemoryCategory;
import dev.memoryconsole.memory.SimpleEnrichment;
import dev.memoryconsole.message.Message;

/**
 * What a model said about a memory, before any of it is trusted.
 *
 * @param abstractLine {@code l0_abstract}; blank if missing
 * @param overview {@code l1_overview}; blank if missing
 * @param content {@code l2_content}; blank if missing
 * @param category {@code resolved_category}; anything outside the six is ignored
 */
public record ModelAnswer(String abstractLine, String overview, String content, String category) {

  /**
   * Turns the answer into an enrichment. Missing layers come from the simple enrichment, and the
   * original text replaces a content that lost something. A layer of nothing but white space is
   * passed on, because the merge then keeps the row's own layer or its default, as the plugin does.
   */
  public Enriched toEnrichment(String text) {
    Enrichment simple = SimpleEnrichment.of(text);
    Message loss =
        content.isBlank() ? Message.NONE : LossGuard.lossIn(content, text).orElse(Message.NONE);
    return new Enriched(
        new Enrichment(
            abstractLine.isEmpty() ? simple.abstractLine() : abstractLine,
            overview.isEmpty() ? simple.overview() : overview,
            content.isBlank() || !loss.isEmpty() ? text : content,
            MemoryCategory.ofKey(category).orElse(null)),
        loss);
  }
}
