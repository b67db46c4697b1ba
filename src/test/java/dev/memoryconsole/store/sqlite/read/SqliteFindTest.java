package dev.memoryconsole.store.sqlite.read;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.FindContractTest;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Sql;
import java.nio.file.Path;
import java.util.List;

class SqliteFindTest extends FindContractTest {
  @Override
  protected MemoryStore with(List<MemoryEntry> entries) throws Exception {
    SqliteStore store = SqliteStore.create(folder.resolve("memories.db"));
    store.insert(entries, ExistingRows.SKIP);
    return store;
  }

  @Override
  protected void addBeside(MemoryStore store, MemoryEntry entry) throws Exception {
    Sql.update(
        Path.of(store.location().key()),
        "INSERT INTO memories (id, text, metadata) VALUES (?, ?, ?)",
        entry.id(),
        entry.text(),
        entry.metadata());
  }
}
