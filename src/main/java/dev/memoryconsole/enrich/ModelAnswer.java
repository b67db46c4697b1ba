package dev.memoryconsole.enrich;

import dev.memoryconsole.memory.Enrichment;
import dev.memoryconsole.memory.MemoryCategory;
import dev.memoryconsole.memory.SimpleEnrichment;

/**
 * What a model may say about a memory, before it is trusted.
 *
 * @param abstractLine {@code l0_abstract}; blank if missing
 * @param overview {@code l1_overview}; blank if missing
 * @param content {@code l2_content}; blank if missing
 * @param category {@code resolved_category}; anything outside the six is ignored
 */
public record ModelAnswer(String abstractLine, String overview, String content, String category) {

  /** Whether there is no layer in it. */
  public boolean isEmpty() {
    return abstractLine.isBlank() && overview.isBlank() && content.isBlank();
  }

  /**
   * The enrichment of this answer: missing layers from the simple enrichment, and the original text
   * for a content that lost something. A layer of nothing but white space is handed on: the merge
   * leaves the row's own layer or its default there, as the plugin does.
   */
  public Enriched toEnrichment(String text) {
    Enrichment simple = SimpleEnrichment.of(text);
    String loss = content.isBlank() ? "" : LossGuard.lossIn(content, text).orElse("");
    return new Enriched(
        new Enrichment(
            abstractLine.isEmpty() ? simple.abstractLine() : abstractLine,
            overview.isEmpty() ? simple.overview() : overview,
            content.isBlank() || !loss.isEmpty() ? text : content,
            MemoryCategory.ofKey(category).orElse(null)),
        loss);
  }
}
