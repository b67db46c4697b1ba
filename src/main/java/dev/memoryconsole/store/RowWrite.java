package dev.memoryconsole.store;

import dev.memoryconsole.memory.MemoryEntry;
import org.jspecify.annotations.Nullable;

/**
 * One row's change inside a batch.
 *
 * @param before the row as re-read inside the lock
 * @param metadata what its metadata becomes; null for none at all
 */
public record RowWrite(MemoryEntry before, @Nullable String metadata) {}
