package dev.memoryconsole.store.lance;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.exchange.Importer;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.MemoryStoreContractTest;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.insert.ExistingRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanceStoreContractTest extends MemoryStoreContractTest {
  private @Nullable PluginTable plugin;

  @Override
  protected MemoryStore create(Path directory) {
    PluginTable table = PluginTable.create(directory.resolve("lancedb-pro"));
    plugin = table;
    return LanceStore.open(table.root(), PluginTable.options());
  }

  @Override
  protected MemoryStore openAgain(MemoryStore same) {
    return LanceStore.open(Path.of(same.location().key()), PluginTable.options());
  }

  /** Only the plugin adds rows. */
  @Override
  protected void add(MemoryEntry... entries) {
    Objects.requireNonNull(plugin).add(List.of(entries));
  }

  @Override
  protected boolean countsVersions() {
    return false;
  }

  @AfterEach
  void closePlugin() {
    Objects.requireNonNull(plugin).close();
  }

  @Test
  void anImportIsRefused(@TempDir Path files) throws Exception {
    Path file = Files.writeString(files.resolve("import.json"), "[{\"id\":\"a\",\"text\":\"A.\"}]");
    assertThatThrownBy(
            () ->
                Importer.importFile(
                    Importer.survey(file), null, store, ExistingRows.SKIP, read -> {}))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("vector")
        .hasMessageContaining("nothing was changed");
  }
}
