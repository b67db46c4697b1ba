package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.MemoryStoreContractTest;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.InsertReport;
import dev.memoryconsole.store.insert.RowInsertion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqliteStoreContractTest extends MemoryStoreContractTest {
  @Override
  protected MemoryStore create(Path directory) {
    return SqliteStore.create(directory.resolve("memories.db"));
  }

  @Override
  protected MemoryStore openAgain(MemoryStore same) {
    return SqliteStore.open(Path.of(same.location().key()));
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
