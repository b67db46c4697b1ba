package dev.memoryconsole.journal;

/**
 * An entry of a stopped run that has no outcome yet.
 *
 * @param position its place in the run, counted from 0
 * @param id the memory's id
 * @param title the beginning of its text; empty if nobody has looked at it yet
 * @param state {@code QUEUED}, {@code ENRICHED} or {@code COMMITTING}
 * @param attempt how often it was enriched in this run
 * @param startedAt when its enrichment started, milliseconds since 1970; 0 if it has not
 */
public record LeftEntry(
    int position, String id, String title, EntryState state, int attempt, long startedAt) {}
