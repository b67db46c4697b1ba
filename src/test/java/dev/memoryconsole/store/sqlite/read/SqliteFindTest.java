package dev.memoryconsole.store.sqlite.read;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.FindContractTest;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import java.util.List;

class SqliteFindTest extends FindContractTest {
  @Override
  protected MemoryStore with(List<MemoryEntry> entries) throws Exception {
    SqliteStore store = SqliteStore.create(folder.resolve("memories.db"));
    store.insert(entries, ExistingRows.SKIP);
    return store;
  }
}
