package dev.memoryconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.memory.Marker;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataMerge;
import dev.memoryconsole.memory.SimpleEnrichment;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Services;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The upgrade of 100,000 legacy rows against a bare JDBC loop that writes the same metadata to the
 * same rows in the same batches, in turn. Not a test: {@code mvn test -Pbench}.
 */
@Tag("bench")
class UpgradeBenchmark {
  private static final int ROWS = BenchStore.ROWS;
  private static final int BATCH = 10;
  private static final int ROUNDS = 3;

  @TempDir private Path folder;

  @Test
  void upgradeAgainstABareLoop() throws Exception {
    PrintStream out = System.out;
    Path template = folder.resolve("template.db");
    long start = System.nanoTime();
    BenchStore.fill(template, ROWS);
    out.printf("insert: %.0f rows/s%n", ROWS / seconds(start));
    look(template, out);
    double[] ours = new double[ROUNDS];
    double[] bare = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      bare[round] = bareLoop(BenchStore.copy(template, "bare" + round));
      ours[round] = upgrade(BenchStore.copy(template, "ours" + round), round, out);
      out.printf(
          "round %d: upgrade %.0f/s, bare loop %.0f/s, share %.2f%n",
          round + 1, ours[round], bare[round], ours[round] / bare[round]);
    }
    out.printf(
        "median: upgrade %.0f/s, bare loop %.0f/s, share %.2f%n",
        BenchStore.median(ours),
        BenchStore.median(bare),
        BenchStore.median(ours) / BenchStore.median(bare));
    assertThat(BenchStore.median(ours)).isPositive();
  }

  private static void look(Path file, PrintStream out) {
    long start = System.nanoTime();
    try (SqliteStore store = SqliteStore.open(file)) {
      int first = store.page(EntryQuery.ALL, 0, 200).size();
      out.printf("open to the first %d rows: %.0f ms%n", first, seconds(start) * 1000);
      start = System.nanoTime();
      store.stats();
      out.printf("stats: %.0f ms%n", seconds(start) * 1000);
    }
  }

  private double upgrade(Path file, int round, PrintStream out) throws Exception {
    try (Upgrades service =
        Services.upgrades(SqliteStore.open(file), folder.resolve("journal" + round + ".db"))) {
      long start = System.nanoTime();
      RunProgress end =
          service
              .upgrade(EntryQuery.ALL, ROWS, UpgradeOptions.DEFAULT.withBatchSize(BATCH))
              .await();
      double rate = ROWS / seconds(start);
      assertThat(end.count(EntryState.UPGRADED)).isEqualTo(ROWS);
      LockSummary lock = end.lock();
      out.printf("lock: %d acquisitions, hold %s%n", lock.acquisitions(), lock.holds());
      return rate;
    }
  }

  private static double bareLoop(Path file) throws Exception {
    Map<String, String> merged = new HashMap<>();
    List<String> ids;
    try (SqliteStore store = SqliteStore.open(file)) {
      ids = store.ids(EntryQuery.ALL, ROWS);
      for (MemoryEntry row : store.page(EntryQuery.ALL, 0, ROWS)) {
        merged.put(
            row.id(),
            MetadataMerge.merge(
                row, SimpleEnrichment.of(row.text()), new Marker(1, Marker.SIMPLE, null)));
      }
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement control = connection.createStatement()) {
      control.execute("PRAGMA journal_mode = WAL");
      control.execute("PRAGMA synchronous = NORMAL");
      long start = System.nanoTime();
      try (PreparedStatement update =
          connection.prepareStatement("UPDATE memories SET metadata = ? WHERE id = ?")) {
        for (int from = 0; from < ids.size(); from += BATCH) {
          control.execute("BEGIN IMMEDIATE");
          for (String id : ids.subList(from, Math.min(from + BATCH, ids.size()))) {
            update.setString(1, merged.get(id));
            update.setString(2, id);
            update.executeUpdate();
          }
          control.execute("COMMIT");
        }
      }
      return ROWS / seconds(start);
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
