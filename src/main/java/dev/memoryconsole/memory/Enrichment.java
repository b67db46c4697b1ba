package dev.memoryconsole.memory;

import org.jspecify.annotations.Nullable;

/**
 * The result of phase 1 for one memory. A merge may write nothing else of it: this is the
 * allow-list of src/docs/merge.md.
 *
 * @param abstractLine {@code l0_abstract}: one sentence
 * @param overview {@code l1_overview}: a few Markdown bullets
 * @param content {@code l2_content}: the full text
 * @param category the model's own choice ({@code resolved_category}), or null to use the mapping of
 *     the old column
 */
public record Enrichment(
    String abstractLine, String overview, String content, @Nullable MemoryCategory category) {}
