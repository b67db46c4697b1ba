package dev.memoryconsole.store.contract;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.MemoryStore;
import java.nio.file.Path;
import java.util.List;

/** Makes stores of one kind, for the contracts. */
public interface StoreEngine extends AutoCloseable {
  /** Makes an empty store inside a folder; called once. */
  MemoryStore create(Path folder) throws Exception;

  /** Another connection to the same store, as another program would have. */
  MemoryStore openAgain(MemoryStore same);

  /** Adds rows as whoever fills such a store does. */
  void add(MemoryStore store, List<MemoryEntry> entries) throws Exception;

  /** Whether rows have a version that rises with every write. */
  boolean countsVersions();

  /** An entry with its metadata as the store spells it once it was written. */
  default MemoryEntry asKept(MemoryEntry entry) {
    return entry;
  }

  /** Gives back what it needed itself; the store is closed by then. */
  @Override
  void close();
}
