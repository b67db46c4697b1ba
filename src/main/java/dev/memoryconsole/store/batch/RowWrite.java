package dev.memoryconsole.store.batch;

import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.memory.MemoryEntry;
import org.jspecify.annotations.Nullable;

/**
 * One row's change inside a batch.
 *
 * @param before the row as re-read inside the lock
 * @param metadata what its metadata becomes; null for none at all
 * @param columns what other columns become; none in an upgrade
 * @param foresight what the store found out about it beforehand; null if it was not asked
 */
public record RowWrite(
    MemoryEntry before,
    @Nullable String metadata,
    ColumnValues columns,
    @Nullable Foresight foresight) {
  /** A change of metadata that the store was not asked about beforehand. */
  public RowWrite(MemoryEntry before, @Nullable String metadata) {
    this(before, metadata, ColumnValues.NONE, null);
  }

  /** A change of metadata and columns. */
  public RowWrite(MemoryEntry before, @Nullable String metadata, ColumnValues columns) {
    this(before, metadata, columns, null);
  }

  /** This change with what the store found out about it. */
  public RowWrite foreseen(Foresight found) {
    return new RowWrite(before, metadata, columns, found);
  }
}
