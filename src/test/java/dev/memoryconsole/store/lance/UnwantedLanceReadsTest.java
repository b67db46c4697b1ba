package dev.memoryconsole.store.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.lance.table.Scans;
import dev.memoryconsole.store.lance.table.TableColumns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.Dataset;

/** Reads of the plugin's table that nobody waits for any more. */
class UnwantedLanceReadsTest {
  /** More than three batches. */
  private static final int ROWS = 3_500;

  @TempDir private Path folder;
  private PluginTable plugin;
  private LanceStore store;

  @BeforeEach
  void open() {
    plugin = PluginTable.create(folder.resolve("lancedb-pro"));
    List<MemoryEntry> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(new MemoryEntry("m" + i, "text " + i, "fact", "global", 0.5, 1L + i, "{}", 0));
    }
    plugin.add(rows);
    store = LanceStore.open(plugin.root(), PluginTable.options());
  }

  @AfterEach
  void close() {
    store.close();
    plugin.close();
  }

  @Test
  void aScanIsGivenUpBetweenTwoBatches() throws Exception {
    Cancellation cancellation = new Cancellation();
    List<Integer> batches = new ArrayList<>();
    try (Dataset dataset = plugin.open()) {
      Callable<Boolean> scan =
          () -> {
            Scans.scan(
                dataset,
                Scans.options().columns(List.of(TableColumns.ID)).build(),
                rows -> {
                  batches.add(rows.getRowCount());
                  cancellation.cancel();
                });
            return true;
          };
      assertThatThrownBy(() -> cancellation.during(scan)).isInstanceOf(CancellationException.class);
      assertThat(batches).hasSize(1);
      scan.call();
      assertThat(batches).hasSizeGreaterThan(4);
    }
  }

  @Test
  void noReadGoesOnAndTheNextIsAnsweredAsEver() throws Exception {
    givesUp(() -> store.page(EntryQuery.ALL, 0, 10));
    givesUp(store::stats);
    givesUp(() -> store.find(List.of("m1")));
    assertThat(store.stats().total()).isEqualTo(ROWS);
    // The rows are known by now, but neither are the words in them nor the order of the texts.
    givesUp(() -> store.count(EntryQuery.ALL));
    givesUp(() -> store.count(EntryQuery.ALL.withWords("text 1234")));
    givesUp(() -> store.ids(EntryQuery.ALL.sortedBy(EntryQuery.Sort.TEXT, true), 10));
    assertThat(store.count(EntryQuery.ALL)).isEqualTo(ROWS);
    assertThat(store.count(EntryQuery.ALL.withWords("text 1234"))).isEqualTo(1);
    assertThat(store.ids(EntryQuery.ALL.sortedBy(EntryQuery.Sort.TEXT, true), 2))
        .containsExactly("m0", "m1");
    assertThat(store.allocatedBytes()).isZero();
  }

  private static void givesUp(Callable<?> read) {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    assertThatThrownBy(() -> cancellation.during(read)).isInstanceOf(CancellationException.class);
  }
}
