package dev.memoryconsole.journal;

import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a run as the journal knows it.
 *
 * @param run the run
 * @param position its place in the run, counted from 0
 * @param id the memory's id
 * @param title the beginning of its text, one line
 * @param state where it stands
 * @param message what the admin should know; empty if there is nothing to say
 * @param attempt how often it was enriched in this run, counted from 1; 0 before that
 * @param millis from the start of its enrichment to its outcome
 * @param seen the row's metadata when the run began with it, if somebody else wrote another one
 *     before the run did, empty if there was none; null if nobody did, or if that is not known
 * @param before the row's metadata before the upgrade wrote it; null if nothing was written or the
 *     row had none
 * @param written what the upgrade wrote; null if nothing was written
 * @param columnsBefore columns beside the metadata before that write, if it changed any
 * @param columnsWritten what it wrote into them
 * @param reapplied how often its write was made again because another program had overwritten it
 * @param finishedAt milliseconds since 1970; null while it is on its way
 */
public record EntryRecord(
    long run,
    int position,
    String id,
    String title,
    EntryState state,
    Message message,
    int attempt,
    long millis,
    @Nullable String seen,
    @Nullable String before,
    @Nullable String written,
    ColumnValues columnsBefore,
    ColumnValues columnsWritten,
    int reapplied,
    @Nullable Long finishedAt) {
  /** The message in English; empty if there is nothing to say. */
  public String reason() {
    return Wording.ENGLISH.of(message);
  }
}
