package dev.memoryconsole.store.insert;

import dev.memoryconsole.memory.MemoryEntry;
import java.util.Collection;

/** A store to which rows can be added. */
public interface RowInsertion {
  /**
   * Adds rows, in batches of one lock each.
   *
   * @throws InterruptedException if interrupted between batches or while waiting for the lock; the
   *     batches before stay
   */
  InsertReport insert(Collection<MemoryEntry> entries, ExistingRows existing)
      throws InterruptedException;
}
