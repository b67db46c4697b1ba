package dev.memoryconsole.store.lance;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.exchange.Importer;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.contract.PatchingContract;
import dev.memoryconsole.store.contract.ReadingContract;
import dev.memoryconsole.store.contract.SnapshotContract;
import dev.memoryconsole.store.contract.StoreContract;
import dev.memoryconsole.store.contract.StoreEngine;
import dev.memoryconsole.store.contract.WholeRowContract;
import dev.memoryconsole.store.insert.ExistingRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The plugin's table does what every store does, and takes no rows but the plugin's. */
class LanceStoreContractTest {
  private static final class Engine implements StoreEngine {
    private @Nullable PluginTable plugin;

    @Override
    public MemoryStore create(Path folder) {
      PluginTable table = PluginTable.create(folder.resolve("lancedb-pro"));
      plugin = table;
      return LanceStore.open(table.root(), PluginTable.options());
    }

    @Override
    public MemoryStore openAgain(MemoryStore same) {
      return LanceStore.open(Path.of(same.location().key()), PluginTable.options());
    }

    /** Only the plugin adds rows. */
    @Override
    public void add(MemoryStore store, List<MemoryEntry> entries) {
      plugin().add(entries);
    }

    @Override
    public boolean countsVersions() {
      return false;
    }

    @Override
    public void close() {
      plugin().close();
    }

    private PluginTable plugin() {
      return Objects.requireNonNull(plugin);
    }
  }

  @Nested
  class Reading extends ReadingContract {
    @Override
    protected StoreEngine engine() {
      return new Engine();
    }
  }

  @Nested
  class Patching extends PatchingContract {
    @Override
    protected StoreEngine engine() {
      return new Engine();
    }
  }

  @Nested
  class WholeRows extends WholeRowContract {
    @Override
    protected StoreEngine engine() {
      return new Engine();
    }
  }

  @Nested
  class Snapshots extends SnapshotContract {
    @Override
    protected StoreEngine engine() {
      return new Engine();
    }
  }

  @Nested
  class Importing extends StoreContract {
    @Override
    protected StoreEngine engine() {
      return new Engine();
    }

    @Test
    void anImportIsRefused() throws Exception {
      Path file =
          Files.writeString(folder.resolve("import.json"), "[{\"id\":\"a\",\"text\":\"A.\"}]");
      assertThatThrownBy(
              () ->
                  Importer.importFile(
                      Importer.survey(file), null, store, ExistingRows.SKIP, read -> {}))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("vector")
          .hasMessageContaining("nothing was changed");
    }
  }
}
