package dev.memoryconsole.journal;

import org.jspecify.annotations.Nullable;

/**
 * What the journal kept of an entry's way.
 *
 * @param position the entry's place in its run
 * @param id the memory's id
 * @param textHash of the text that was enriched
 * @param enrichment the result of phase 1, as JSON
 * @param upgradedAt the marker of the last write that was begun
 * @param before the row's metadata before that write
 * @param written what that write wrote
 */
public record KeptResult(
    int position,
    String id,
    @Nullable String textHash,
    @Nullable String enrichment,
    @Nullable Long upgradedAt,
    @Nullable String before,
    @Nullable String written) {}
