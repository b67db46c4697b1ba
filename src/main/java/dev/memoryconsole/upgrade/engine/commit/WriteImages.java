package dev.memoryconsole.upgrade.engine.commit;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.memory.RowColumn;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.upgrade.engine.run.Candidate;
import java.util.EnumSet;
import java.util.Objects;

/** What the journal keeps of a write before it is made. */
final class WriteImages {
  private WriteImages() {}

  /**
   * Before and after of a write.
   *
   * @param candidate the entry; if the write puts a row back, what is kept of it is the deletion
   */
  static EntryChange.Image of(RowWrite write, Candidate candidate) {
    return switch (write) {
      case RowWrite.Change change ->
          new EntryChange.Image(
              candidate.seenBefore(change.before().metadata()),
              change.before().metadata(),
              change.metadata(),
              ColumnValues.of(change.before(), change.columns().values().keySet()),
              change.columns(),
              null,
              null);
      case RowWrite.Removal removal ->
          new EntryChange.Image(
              candidate.seenBefore(removal.before().metadata()),
              removal.before().metadata(),
              null,
              ColumnValues.of(removal.before(), EnumSet.allOf(RowColumn.class)),
              ColumnValues.NONE,
              Objects.requireNonNull(removal.image()),
              null);
      case RowWrite.Return back -> {
        EntryProgress deletion = Objects.requireNonNull(candidate.kept());
        yield new EntryChange.Image(
            null,
            null,
            deletion.before(),
            ColumnValues.NONE,
            deletion.columnsBefore(),
            null,
            back.image());
      }
    };
  }
}
