package dev.memoryconsole.store;

import dev.memoryconsole.memory.MemoryEntry;

/**
 * One row's change inside a batch.
 *
 * @param before the row as re-read inside the lock
 * @param metadata what its metadata becomes
 */
public record RowWrite(MemoryEntry before, String metadata) {}
