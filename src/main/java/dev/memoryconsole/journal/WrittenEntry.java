package dev.memoryconsole.journal;

/**
 * An entry that a run wrote and no later run of that store wrote again.
 *
 * @param position its place in the run
 * @param id the memory's id
 * @param title the beginning of its text, one line
 * @param state {@link EntryState#UPGRADED} or {@link EntryState#FALLBACK}; of an undo {@link
 *     EntryState#UNDONE}
 * @param textHash of the text that was enriched; empty for an undo
 * @param upgradedAt the marker of the write; of an undo that of the write it took back
 * @param attempt how often it was enriched in this run
 */
public record WrittenEntry(
    int position,
    String id,
    String title,
    EntryState state,
    String textHash,
    long upgradedAt,
    int attempt) {}
