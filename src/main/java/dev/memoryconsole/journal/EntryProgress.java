package dev.memoryconsole.journal;

import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.memory.RowImage;
import org.jspecify.annotations.Nullable;

/**
 * How far an entry of a run has come, for those who work on it. The large parts, {@code
 * enrichment}, {@code before} and {@code written}, are null where nobody asked for them.
 *
 * @param position its place in the run, counted from 0
 * @param id the memory's id
 * @param title the beginning of its text, one line; empty if nobody has looked at it yet
 * @param state where it stands
 * @param attempt how often it was enriched in this run
 * @param startedAt when its enrichment started, milliseconds since 1970; 0 if it has not
 * @param textHash the hash of the text that was enriched; null before that
 * @param upgradedAt the marker of the last write that was begun, or that an undo took back; null if
 *     there is none
 * @param enrichment the result of phase 1, as JSON
 * @param before the row's metadata before that write
 * @param written what that write wrote
 * @param columnsBefore other columns before that write, if it changed any
 * @param columnsWritten what that write wrote into them
 * @param rowBefore the whole row before that write, if it was deleted
 * @param rowWritten the whole row that it put back, if it was that
 * @param plan what a mend does with it, as JSON
 */
public record EntryProgress(
    int position,
    String id,
    String title,
    EntryState state,
    int attempt,
    long startedAt,
    @Nullable String textHash,
    @Nullable Long upgradedAt,
    @Nullable String enrichment,
    @Nullable String before,
    @Nullable String written,
    ColumnValues columnsBefore,
    ColumnValues columnsWritten,
    @Nullable RowImage rowBefore,
    @Nullable RowImage rowWritten,
    @Nullable String plan) {
  /** An entry of what is no mend. */
  public EntryProgress(
      int position,
      String id,
      String title,
      EntryState state,
      int attempt,
      long startedAt,
      @Nullable String textHash,
      @Nullable Long upgradedAt,
      @Nullable String enrichment,
      @Nullable String before,
      @Nullable String written) {
    this(
        position,
        id,
        title,
        state,
        attempt,
        startedAt,
        textHash,
        upgradedAt,
        enrichment,
        before,
        written,
        ColumnValues.NONE,
        ColumnValues.NONE,
        null,
        null,
        null);
  }

  /** Whether its write was of a whole row, which carries no marker: a deletion, or its undo. */
  public boolean isOfWholeRow() {
    return rowBefore != null || rowWritten != null;
  }
}
