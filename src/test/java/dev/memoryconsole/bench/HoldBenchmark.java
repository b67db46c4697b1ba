package dev.memoryconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Services;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the real engine holds the lock for batches of 10, 100 and 1,000 rows on a store of
 * 100,000, journal on. Not a test: {@code mvn test -Pbench -Dtest=HoldBenchmark}.
 */
@Tag("bench")
class HoldBenchmark {
  private static final int ROUNDS = 3;
  private static final int[] BATCHES = {10, 100, 1_000};

  @TempDir private Path folder;

  @Test
  void holdsByBatchSize() throws Exception {
    PrintStream out = System.out;
    Path template = folder.resolve("template.db");
    BenchStore.fill(template, BenchStore.ROWS);
    LockSummary.Quantiles[][] holds = new LockSummary.Quantiles[BATCHES.length][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < BATCHES.length; i++) {
        LockSummary lock = upgrade(template, BATCHES[i], round);
        holds[i][round] = lock.holds();
        out.printf(
            "round %d, batches of %d: %d acquisitions, hold ms %s%n",
            round + 1, BATCHES[i], lock.acquisitions(), lock.holds());
        assertThat(lock.acquisitions()).isPositive();
      }
    }
    for (int i = 0; i < BATCHES.length; i++) {
      LockSummary.Quantiles[] rounds = holds[i];
      out.printf(
          "median of %d rounds, batches of %d: hold p50 %.2f ms, p99 %.2f ms, max %.2f ms%n",
          ROUNDS,
          BATCHES[i],
          BenchStore.median(
              Arrays.stream(rounds).mapToDouble(LockSummary.Quantiles::p50).toArray()),
          BenchStore.median(
              Arrays.stream(rounds).mapToDouble(LockSummary.Quantiles::p99).toArray()),
          BenchStore.median(
              Arrays.stream(rounds).mapToDouble(LockSummary.Quantiles::max).toArray()));
    }
  }

  private LockSummary upgrade(Path template, int batch, int round) throws Exception {
    String name = batch + "-" + round;
    try (Upgrades service =
        Services.upgrades(
            SqliteStore.open(BenchStore.copy(template, "store" + name)),
            folder.resolve("journal" + name + ".db"))) {
      RunProgress end =
          service
              .upgrade(EntryQuery.ALL, BenchStore.ROWS, UpgradeOptions.DEFAULT.withBatchSize(batch))
              .await();
      assertThat(end.count(EntryState.UPGRADED)).isEqualTo(BenchStore.ROWS);
      return end.lock();
    }
  }
}
