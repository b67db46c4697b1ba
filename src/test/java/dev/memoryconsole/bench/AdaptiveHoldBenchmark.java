package dev.memoryconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Services;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.pace.Batching;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether batches that find their size by themselves keep to the admin's bound on holds, on a real
 * store of 100,000 rows. Not a test: {@code mvn test -Pbench -Dtest=AdaptiveHoldBenchmark}.
 */
@Tag("bench")
class AdaptiveHoldBenchmark {
  private static final int ROUNDS = 3;
  private static final int[] BOUNDS_MILLIS = {50, 20, 10};
  private static final int FOUND_WITHIN = 10;

  @TempDir private Path folder;

  @Test
  void holdsByBound() throws Exception {
    PrintStream out = System.out;
    Path template = folder.resolve("template.db");
    BenchStore.fill(template, BenchStore.ROWS);
    for (int round = 0; round < ROUNDS; round++) {
      for (int bound : BOUNDS_MILLIS) {
        String name = bound + "-" + round;
        try (SqliteStore store = SqliteStore.open(BenchStore.copy(template, "store" + name));
            Upgrades service = Services.upgrades(store, folder.resolve("journal" + name + ".db"))) {
          RunProgress end =
              service
                  .upgrade(
                      EntryQuery.ALL,
                      BenchStore.ROWS,
                      UpgradeOptions.DEFAULT.withBatching(Batching.holdingAtMost(bound)))
                  .await();
          assertThat(end.count(EntryState.UPGRADED)).isEqualTo(BenchStore.ROWS);
          print(out, round, bound, end.lock().holds(), batches(store));
        }
      }
    }
  }

  private static List<LockAcquisition> batches(SqliteStore store) {
    return store.lockMetrics().events(0, Long.MAX_VALUE / 2_000).stream()
        .filter(event -> event.purpose().kind() == LockPurpose.Kind.UPGRADE)
        .toList();
  }

  private static void print(
      PrintStream out,
      int round,
      int bound,
      LockSummary.Quantiles holds,
      List<LockAcquisition> batches) {
    double later =
        BenchStore.median(
            batches.stream().skip(FOUND_WITHIN).mapToDouble(LockAcquisition::rows).toArray());
    out.printf(
        "round %d, bound %d ms: %d batches, the first %d of %s rows, later of %.0f (median);"
            + " hold p50 %.1f, p99 %.1f (%.2f of the bound), max %.1f ms (%.2f)%n",
        round + 1,
        bound,
        batches.size(),
        FOUND_WITHIN,
        batches.stream().limit(FOUND_WITHIN).map(LockAcquisition::rows).toList(),
        later,
        holds.p50(),
        holds.p99(),
        holds.p99() / bound,
        holds.max(),
        holds.max() / bound);
  }
}
