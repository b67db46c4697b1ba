package dev.memoryconsole.store.batch;

import dev.memoryconsole.memory.MemoryEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link dev.memoryconsole.store.MemoryStore#patch} asks its caller while it holds the lock.
 * Must be quick.
 */
public interface BatchPatch {
  /**
   * What to write into a row, from the row as re-read inside the lock.
   *
   * @return the change, or null to leave the row as it is
   */
  @Nullable RowWrite writeFor(MemoryEntry current);

  /**
   * Called inside the lock, when all writes of the batch are known and before any takes effect.
   * Once as a rule; again, after every row was asked about again, if others got in the way although
   * the lock was held. An exception thrown here gives the whole batch up.
   */
  default void beforeCommit(List<RowWrite> writes) {}
}
