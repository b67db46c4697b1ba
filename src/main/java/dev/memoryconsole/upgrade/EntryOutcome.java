package dev.memoryconsole.upgrade;

import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;

/**
 * What became of one entry of a run.
 *
 * @param id the memory's id
 * @param title the beginning of its text, one line
 * @param outcome a final state
 * @param message what the admin should know; empty if there is nothing to say
 * @param attempt how often it was enriched in this run
 * @param reapplied how often its write was made again because another program had overwritten it
 * @param millis from the start of its enrichment to its outcome
 */
public record EntryOutcome(
    String id,
    String title,
    EntryState outcome,
    Message message,
    int attempt,
    int reapplied,
    long millis) {
  /** The outcome of an entry as the journal knows it. */
  public static EntryOutcome of(EntryRecord entry) {
    return new EntryOutcome(
        entry.id(),
        entry.title(),
        entry.state(),
        entry.message(),
        entry.attempt(),
        entry.reapplied(),
        entry.millis());
  }

  /** The message in English; empty if there is nothing to say. */
  public String reason() {
    return Wording.ENGLISH.of(message);
  }
}
