package dev.memoryconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.lance.LanceStore;
import dev.memoryconsole.store.lance.PluginTable;
import dev.memoryconsole.testing.Services;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.WriteParams;

/**
 * How long the real engine holds the plugin's lock, for 10 and 250 rows a commit on stores of 500
 * and 20,000 rows with vectors of 384 numbers; and what opening a store costs. Not a test: {@code
 * mvn test -Pbench -Dtest=LanceHoldBenchmark}.
 */
@Tag("bench")
class LanceHoldBenchmark {
  private static final int DIMENSION = 384;
  private static final int MOST_COMMITS = 50;
  private static final int MOST_ROWS = 5_000;
  private static final double MILLI = 1_000_000.0;

  @TempDir private Path folder;

  @Test
  void holdsByBatchSizeAndRows() throws Exception {
    PrintStream out = System.out;
    out.printf("first open of the process: %.0f ms%n", open(500));
    out.printf("second open of the process: %.0f ms%n", open(501));
    // The first is for warming up.
    for (int[] one : new int[][] {{500, 10}, {500, 10}, {500, 250}, {20_000, 10}, {20_000, 250}}) {
      LockSummary lock = upgrade(one[0], one[1]);
      out.printf(
          "%,d rows, %d a commit: %d acquisitions, hold p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
          one[0],
          one[1],
          lock.acquisitions(),
          lock.holds().p50(),
          lock.holds().p99(),
          lock.holds().max());
    }
  }

  private double open(int rows) throws Exception {
    Path root = fill(rows);
    long begun = System.nanoTime();
    try (LanceStore store = LanceStore.open(root, PluginTable.options())) {
      assertThat(store.page(EntryQuery.ALL, 0, 200)).hasSize(200);
      return (System.nanoTime() - begun) / MILLI;
    }
  }

  private Path fill(int rows) {
    Path root = folder.resolve("store" + UUID.randomUUID());
    try (PluginTable table =
        PluginTable.create(root, DIMENSION, WriteParams.LanceFileVersion.V2_0)) {
      List<MemoryEntry> entries = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        String id = new UUID(i, i).toString();
        String text =
            "Memory %d: the build of project %d takes %d minutes.".formatted(i, i, i % 60);
        entries.add(
            new MemoryEntry(id, text, "fact", "global", 0.5, 1_700_000_000_000L + i, "{}", 0));
      }
      table.add(entries);
    }
    return root;
  }

  private LockSummary upgrade(int rows, int batch) throws Exception {
    int chosen = Math.min(rows, Math.min(MOST_ROWS, batch * MOST_COMMITS));
    try (Upgrades service =
        Services.upgrades(
            LanceStore.open(fill(rows), PluginTable.options()),
            folder.resolve(UUID.randomUUID() + ".db"))) {
      RunProgress end =
          service
              .upgrade(EntryQuery.ALL, chosen, UpgradeOptions.DEFAULT.withBatchSize(batch))
              .await();
      assertThat(end.count(EntryState.UPGRADED)).isEqualTo(chosen);
      return end.lock();
    }
  }
}
