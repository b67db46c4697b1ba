package dev.memoryconsole.upgrade;

import dev.memoryconsole.journal.EntryState;

/**
 * What became of one entry of a run.
 *
 * @param id the memory's id
 * @param title the beginning of its text, one line
 * @param outcome a final state
 * @param reason one sentence for the admin; empty if there is nothing to say
 * @param attempt how often it was enriched in this run
 * @param reapplied how often its write was made again because another program had overwritten it
 * @param millis from the start of its enrichment to its outcome
 */
public record EntryOutcome(
    String id,
    String title,
    EntryState outcome,
    String reason,
    int attempt,
    int reapplied,
    long millis) {}
