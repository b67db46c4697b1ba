package dev.memoryconsole.store.batch;

import dev.memoryconsole.memory.MemoryEntry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@link dev.memoryconsole.store.MemoryStore#patch} asks its caller while it holds the lock.
 * Must be quick.
 */
public interface BatchPatch {
  /**
   * Told what was re-read inside the lock, before anything is asked about it.
   *
   * @param rows by their ids; without those that are missing, doubled or can't be read without loss
   */
  default void reread(Map<String, MemoryEntry> rows) {}

  /**
   * What to write into a row, from the row as re-read inside the lock.
   *
   * @return the change or the deletion, or null to leave the row as it is
   */
  @Nullable RowWrite writeFor(MemoryEntry current);

  /**
   * What to put back where, inside the lock, no row has this id.
   *
   * @return null for nothing
   */
  default RowWrite.@Nullable Return returnOf(String id) {
    return null;
  }

  /** Whether {@link #together} has anything to tell: it is asked under the lock, row by row. */
  default boolean hasUnits() {
    return false;
  }

  /**
   * The ids of the batch that are written together with this one or not at all; this one is among
   * them.
   */
  default List<String> together(String id) {
    return List.of(id);
  }

  /**
   * Called inside the lock, when all writes of the batch are known and before any takes effect.
   * Once as a rule; again, after every row was asked about again, if others got in the way although
   * the lock was held. An exception thrown here gives the whole batch up.
   */
  default void beforeCommit(List<RowWrite> writes) {}
}
