package dev.memoryconsole.store.lance.read;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.FindContractTest;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.lance.LanceStore;
import dev.memoryconsole.store.lance.PluginTable;
import java.util.List;

class LanceFindTest extends FindContractTest {
  @Override
  protected MemoryStore with(List<MemoryEntry> entries) {
    try (PluginTable table = PluginTable.create(folder.resolve("lancedb-pro"))) {
      table.add(entries);
      return LanceStore.open(table.root(), PluginTable.options());
    }
  }
}
