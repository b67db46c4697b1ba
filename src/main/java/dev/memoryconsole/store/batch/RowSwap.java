package dev.memoryconsole.store.batch;

import dev.memoryconsole.lock.LockPurpose;

/**
 * The other way to write: one row at a time by compare-and-swap on its version, with no lock held
 * while it is read and merged. Safe for use by many threads.
 */
@FunctionalInterface
public interface RowSwap {
  /**
   * Reads a row, asks {@code patch} what to write, tells it, and writes that only if the row's
   * version is still the one that was read. If it isn't, everything is done again from the fresh
   * row; after a few lost swaps, and if the row is missing, once more inside the lock, as {@link
   * MemoryStore#patch} does it.
   *
   * @param id the row
   * @param patch may be asked more than once; its {@link BatchPatch#beforeCommit} is told one write
   * @param purpose what the lock is for that each swap takes for itself
   * @throws dev.memoryconsole.store.OutcomeUnknownException if the row may have been written; only
   *     it can tell
   * @throws dev.memoryconsole.store.StoreException otherwise: nothing was written
   * @throws InterruptedException if interrupted; nothing was written
   */
  PatchResult swap(String id, BatchPatch patch, LockPurpose purpose) throws InterruptedException;
}
