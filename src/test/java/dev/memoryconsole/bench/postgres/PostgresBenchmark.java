package dev.memoryconsole.bench.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.Marker;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.MetadataMerge;
import dev.memoryconsole.memory.SimpleEnrichment;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.testing.Services;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table of 1,000,000 rows: how soon it is listed and counted, and its upgrade against a bare loop
 * of the driver that writes the same metadata to as many rows in the same batches, in turn. Not a
 * test: {@code mvn test -Pbench -Dtest=PostgresBenchmark}.
 */
@Tag("bench")
class PostgresBenchmark {
  private static final int ROWS = Integer.getInteger("bench.rows", 1_000_000);
  private static final int ROUNDS = 3;
  private static final int CHOSEN = Integer.getInteger("bench.chosen", 30_000);
  private static final int WARM = Integer.getInteger("bench.warm", 40_000);
  private static final int WARM_LOOP = 5_000;
  private static final int PAGE = 200;
  private static final int MEGABYTE = 20;

  @TempDir private Path folder;
  private @Nullable TimedStatements timed;
  private final PrintStream out = System.out;

  @Test
  void aMillionRows() throws Exception {
    long start = System.nanoTime();
    timed = Boolean.getBoolean("bench.statements") ? new TimedStatements() : null;
    BenchTable table = BenchTable.of(ROWS);
    tell("%,d rows filled in %.0f s", ROWS, BenchTable.seconds(start));
    look(table);
    int needed = 6 * ROUNDS * CHOSEN + WARM + 2 * WARM_LOOP;
    List<String> ids = new ArrayList<>(table.legacy(needed));
    assertThat(ids).as("legacy ones of %d rows", ROWS).hasSize(needed);
    // Until the compiler has seen it, all takes longer, and it takes the processors meanwhile.
    upgrade(table, take(ids, WARM), 10, "warm");
    double unused =
        bareLoop(table, take(ids, WARM_LOOP), 10, true)
            + bareLoop(table, take(ids, WARM_LOOP), 10, false);
    assertThat(unused).isPositive();
    for (int batch : new int[] {10, 100}) {
      double[] ours = new double[ROUNDS];
      double[] bare = new double[ROUNDS];
      double[] single = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        bare[round] = bareLoop(table, take(ids, CHOSEN), batch, true);
        single[round] = bareLoop(table, take(ids, CHOSEN), batch, false);
        ours[round] = upgrade(table, take(ids, CHOSEN), batch, batch + "-" + round);
        tell(
            "batches of %d, round %d: upgrade %,.0f/s, bare loop %,.0f/s, share %.2f; row by row"
                + " %,.0f/s, share %.2f",
            batch,
            round + 1,
            ours[round],
            bare[round],
            ours[round] / bare[round],
            single[round],
            ours[round] / single[round]);
      }
      double share = BenchTable.median(ours) / BenchTable.median(bare);
      tell(
          "batches of %d: upgrade %,.0f/s, bare loop that sends a batch at once %,.0f/s, share"
              + " %.2f, limit 0.5: %s; one that sends row by row %,.0f/s, share %.2f",
          batch,
          BenchTable.median(ours),
          BenchTable.median(bare),
          share,
          share >= 0.5 ? "kept" : "NOT KEPT",
          BenchTable.median(single),
          BenchTable.median(ours) / BenchTable.median(single));
      assertThat(share).isPositive();
    }
    tell(
        "heap at most %,d MB in use",
        ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum()
            >> MEGABYTE);
  }

  private static List<String> take(List<String> ids, int most) {
    List<String> taken = new ArrayList<>(ids.subList(0, most));
    ids.subList(0, taken.size()).clear();
    return taken;
  }

  private void tell(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }

  private void look(BenchTable table) {
    long start = System.nanoTime();
    try (MemoryStore store = table.open()) {
      tell("opened after %.0f ms", BenchTable.seconds(start) * 1e3);
      time("first page by time", () -> store.page(EntryQuery.ALL, 0, PAGE).size());
      time(
          "first page of a scope",
          () -> store.page(EntryQuery.ALL.withScopes(Set.of("agent:3")), 0, PAGE).size());
      time(
          "first page of legacy ones",
          () -> store.page(EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY)), 0, PAGE).size());
      time(
          "first page of a rare word",
          () -> store.page(EntryQuery.ALL.withWords("number 750000."), 0, PAGE).size());
      time("count of all", () -> (int) store.count(EntryQuery.ALL));
      time(
          "count of a scope",
          () -> (int) store.count(EntryQuery.ALL.withScopes(Set.of("agent:3"))));
      time("totals", () -> (int) store.stats().total());
    }
  }

  private void time(String what, Supplier<Integer> work) {
    double[] millis = new double[ROUNDS];
    int answer = 0;
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      answer = work.get();
      millis[i] = BenchTable.seconds(start) * 1e3;
    }
    tell("%s: %,.0f ms (%,d)", what, BenchTable.median(millis), answer);
  }

  private double upgrade(BenchTable table, List<String> ids, int batch, String name)
      throws Exception {
    try (Upgrades upgrades =
        Services.upgrades(table.open(), folder.resolve("journal" + name + ".db"))) {
      UpgradeOptions options = UpgradeOptions.DEFAULT.withSnapshot(false).withBatchSize(batch);
      ProcessorTime taken = ProcessorTime.fromNowOn();
      long start = System.nanoTime();
      RunProgress end = upgrades.upgrade(ids, options).await();
      double rate = ids.size() / BenchTable.seconds(start);
      tell("  upgrade: %s", taken.perRow(ids.size()));
      assertThat(end.count(EntryState.UPGRADED)).isEqualTo(ids.size());
      if (timed != null) {
        tell("%s", timed.told());
      }
      tell("  lock: %d acquisitions, hold %s", end.lock().acquisitions(), end.lock().holds());
      return rate;
    }
  }

  private double bareLoop(BenchTable table, List<String> ids, int batch, boolean atOnce)
      throws Exception {
    List<String> merged = new ArrayList<>();
    try (MemoryStore store = table.open()) {
      List<MemoryEntry> rows = store.find(ids);
      ids.clear();
      for (MemoryEntry row : rows) {
        ids.add(row.id());
        merged.add(
            MetadataMerge.merge(
                row, SimpleEnrichment.of(row.text()), new Marker(1, Marker.SIMPLE, null)));
      }
    }
    try (Connection connection = table.connect();
        PreparedStatement update =
            connection.prepareStatement("UPDATE memories SET metadata = ? WHERE id = ?")) {
      connection.setAutoCommit(false);
      ProcessorTime taken = ProcessorTime.fromNowOn();
      long start = System.nanoTime();
      for (int from = 0; from < ids.size(); from += batch) {
        for (int i = from; i < Math.min(from + batch, ids.size()); i++) {
          update.setString(1, merged.get(i));
          update.setString(2, ids.get(i));
          if (atOnce) {
            update.addBatch();
          } else {
            update.executeUpdate();
          }
        }
        if (atOnce) {
          update.executeBatch();
        }
        connection.commit();
      }
      double rate = ids.size() / BenchTable.seconds(start);
      tell("  bare loop: %s", taken.perRow(ids.size()));
      return rate;
    }
  }
}
