package dev.memoryconsole.store.lance.read;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.FindContractTest;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.lance.LanceStore;
import dev.memoryconsole.store.lance.PluginTable;
import java.nio.file.Path;
import java.util.List;

class LanceFindTest extends FindContractTest {
  @Override
  protected MemoryStore with(List<MemoryEntry> entries) {
    try (PluginTable table = PluginTable.create(folder.resolve("lancedb-pro"))) {
      table.add(entries);
      return LanceStore.open(table.root(), PluginTable.options());
    }
  }

  @Override
  protected void addBeside(MemoryStore store, MemoryEntry entry) {
    try (PluginTable table = PluginTable.of(Path.of(store.location().key()))) {
      table.add(List.of(entry));
    }
  }
}
