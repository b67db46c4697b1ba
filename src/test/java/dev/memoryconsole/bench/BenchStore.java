package dev.memoryconsole.bench;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the benchmarks share: a store of legacy rows, made once and copied for each round. */
final class BenchStore {
  static final int ROWS = Integer.getInteger("bench.rows", 100_000);

  private BenchStore() {}

  static void fill(Path file, int count) throws InterruptedException {
    try (SqliteStore store = SqliteStore.create(file)) {
      List<MemoryEntry> rows = new ArrayList<>();
      String[] categories = {"fact", "preference", "decision", "entity", "other"};
      for (int i = 0; i < count; i++) {
        rows.add(
            new MemoryEntry(
                "id-%08d".formatted(i),
                "Memory %d of the agent, about service %d on port %d. ".formatted(i, i % 97, i)
                    + "It was said twice, once on a Friday, and nobody has changed it since then.",
                categories[i % categories.length],
                "agent:" + i % 7,
                0.5,
                1_735_000_000_000L + i,
                "{\"access_count\":" + i % 50 + ",\"source\":\"manual\"}",
                1));
      }
      store.insert(rows, ExistingRows.SKIP);
    }
  }

  /** A copy of a closed store, beside it. */
  static Path copy(Path template, String name) throws IOException {
    return Files.copy(template, template.resolveSibling(name + ".db"));
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
