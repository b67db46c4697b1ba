package dev.memoryconsole.store.sqlite.read;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.FindContractTest;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Sql;
import java.nio.file.Path;
import java.util.List;

/** In a file of another program's, which has no indexes of ours and is read in pieces. */
class ForeignFindTest extends FindContractTest {
  @Override
  protected MemoryStore with(List<MemoryEntry> entries) throws Exception {
    Path file = folder.resolve("theirs.db");
    Sql.run(file, Sql.THEIR_TABLE);
    for (MemoryEntry each : entries) {
      Sql.update(
          file,
          "INSERT INTO memories VALUES (?, ?, ?, ?, ?, ?, ?)",
          each.id(),
          each.text(),
          each.category(),
          each.scope(),
          each.importance(),
          each.timestamp(),
          each.metadata());
    }
    return SqliteStore.open(file);
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
