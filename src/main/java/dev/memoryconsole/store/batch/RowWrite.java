package dev.memoryconsole.store.batch;

import dev.memoryconsole.memory.MemoryEntry;
import org.jspecify.annotations.Nullable;

/**
 * One row's change inside a batch.
 *
 * @param before the row as re-read inside the lock
 * @param metadata what its metadata becomes; null for none at all
 * @param foresight what the store found out about it beforehand; null if it was not asked
 */
public record RowWrite(
    MemoryEntry before, @Nullable String metadata, @Nullable Foresight foresight) {
  /** A change that the store was not asked about beforehand. */
  public RowWrite(MemoryEntry before, @Nullable String metadata) {
    this(before, metadata, null);
  }
}
