package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.contract.PatchingContract;
import dev.memoryconsole.store.contract.ReadingContract;
import dev.memoryconsole.store.contract.SnapshotContract;
import dev.memoryconsole.store.contract.StoreContract;
import dev.memoryconsole.store.contract.StoreEngine;
import dev.memoryconsole.store.contract.WholeRowContract;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.InsertReport;
import dev.memoryconsole.store.insert.RowInsertion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** An SQLite file does what every store does, and takes new rows. */
class SqliteStoreContractTest {
  private static final class Engine implements StoreEngine {
    @Override
    public MemoryStore create(Path folder) {
      return SqliteStore.create(folder.resolve("memories.db"));
    }

    @Override
    public MemoryStore openAgain(MemoryStore same) {
      return SqliteStore.open(Path.of(same.location().key()));
    }

    @Override
    public void add(MemoryStore store, List<MemoryEntry> entries) throws InterruptedException {
      ((RowInsertion) store).insert(entries, ExistingRows.SKIP);
    }

    @Override
    public boolean countsVersions() {
      return true;
    }

    @Override
    public void close() {
      // Needs nothing beside the store.
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
  class Inserting extends StoreContract {
    @Override
    protected StoreEngine engine() {
      return new Engine();
    }

    @Test
    void insertSkipsOrReplacesWhatIsThere() throws Exception {
      add(entry("a", "old", "{}"));
      MemoryEntry other = entry("a", "new", UPGRADED);
      RowInsertion target = (RowInsertion) store;
      assertThat(target.insert(List.of(other, at("b", 1)), ExistingRows.SKIP))
          .isEqualTo(new InsertReport(1, 0, 1));
      assertThat(only("a").text()).isEqualTo("old");
      assertThat(target.insert(List.of(other), ExistingRows.REPLACE))
          .isEqualTo(new InsertReport(0, 1, 0));
      assertThat(only("a").text()).isEqualTo("new");
      assertThat(only("a").metadata()).isEqualTo(UPGRADED);
    }
  }
}
