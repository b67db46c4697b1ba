package dev.memoryconsole.store.batch;

import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.RowImage;
import org.jspecify.annotations.Nullable;

/** What is done to one row inside a batch. */
public sealed interface RowWrite {
  /** The row's id. */
  String id();

  /**
   * The row is changed.
   *
   * @param before the row as re-read inside the lock
   * @param metadata what its metadata becomes; null for none at all
   * @param columns what other columns become; none in an upgrade
   * @param foresight what the store found out about it beforehand; null if it was not asked
   */
  record Change(
      MemoryEntry before,
      @Nullable String metadata,
      ColumnValues columns,
      @Nullable Foresight foresight)
      implements RowWrite {
    /** A change of metadata that the store was not asked about beforehand. */
    public Change(MemoryEntry before, @Nullable String metadata) {
      this(before, metadata, ColumnValues.NONE, null);
    }

    /** A change of metadata and columns. */
    public Change(MemoryEntry before, @Nullable String metadata, ColumnValues columns) {
      this(before, metadata, columns, null);
    }

    /** This change with what the store found out about it. */
    public Change foreseen(Foresight found) {
      return new Change(before, metadata, columns, found);
    }

    @Override
    public String id() {
      return before.id();
    }
  }

  /**
   * The row is deleted.
   *
   * @param before the row as re-read inside the lock
   * @param image the whole row, as {@link dev.memoryconsole.store.MemoryStore#foresee} read it;
   *     null before that. Only a row that is still so, in every column, is deleted
   */
  record Removal(MemoryEntry before, @Nullable RowImage image) implements RowWrite {
    /** A deletion of which the store has not said yet what the whole row is. */
    public Removal(MemoryEntry before) {
      this(before, null);
    }

    @Override
    public String id() {
      return before.id();
    }
  }

  /**
   * A row that was deleted is put back, where no row has its id.
   *
   * @param image the whole row as it was
   */
  record Return(String id, RowImage image) implements RowWrite {}
}
