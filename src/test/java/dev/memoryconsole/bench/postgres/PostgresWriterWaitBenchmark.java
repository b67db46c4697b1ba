package dev.memoryconsole.bench.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.testing.Answering;
import dev.memoryconsole.testing.Services;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.pace.Batching;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long an agent that writes every 5 ms waits for its row, and takes for a whole write, with and
 * without an upgrade of the same rows, and beside a bare loop that writes as many rows at once and
 * does nothing else, in turn. Not a test: {@code mvn test -Pbench
 * -Dtest=PostgresWriterWaitBenchmark}.
 */
@Tag("bench")
class PostgresWriterWaitBenchmark {
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
  private static final int ROWS = Integer.getInteger("bench.rows", 100_000);
  private static final int CHOSEN = Integer.getInteger("bench.chosen", 50_000);
  private static final long PHASE_NANOS =
      TimeUnit.SECONDS.toNanos(Integer.getInteger("bench.seconds", 5));
  private static final String KINDS = System.getProperty("bench.kinds", "simple,bare,model");
  private static final int SLOW_MILLIS = Integer.getInteger("bench.model", 200);
  private static final int BATCH = 10;
  // In milliseconds; 0 for the store's own.
  private static final int HOLD = Integer.getInteger("bench.hold", 0);

  @TempDir private Path folder;
  private final PrintStream out = System.out;
  private int journals;

  /** All rounds of one kind. */
  private record Tally(String name, RowWriter.Waits waits, List<Double> row, List<Double> write) {
    Tally(String name) {
      this(name, new RowWriter.Waits(), new ArrayList<>(), new ArrayList<>());
    }

    void add(RowWriter.Waits found, RowWriter.Waits alone) {
      waits.add(found);
      row.add(ratio(found.row(), alone.row()));
      write.add(ratio(found.write(), alone.write()));
    }
  }

  private static double ratio(Histogram with, Histogram without) {
    return (double) with.getValueAtPercentile(99) / without.getValueAtPercentile(99);
  }

  @Test
  void waitsWithAndWithoutAnUpgrade() throws Exception {
    BenchTable table = BenchTable.of(ROWS);
    try (RowWriter agent = new RowWriter(table)) {
      measure(table, agent);
    }
  }

  private void measure(BenchTable table, RowWriter agent) throws Exception {
    Tally none = new Tally("no upgrade");
    Tally simple = new Tally("simple enrichment");
    Tally bare = new Tally("bare loop in batches of " + BATCH);
    Tally slow = new Tally("model of " + SLOW_MILLIS + " ms");
    RowWriter.Waits unused = amid(table, agent, new SimpleEnricher());
    for (int round = 0; round < ROUNDS; round++) {
      RowWriter.Waits alone = agent.write(PHASE_NANOS);
      none.add(alone, alone);
      if (KINDS.contains("simple")) {
        simple.add(amid(table, agent, new SimpleEnricher()), alone);
      }
      if (KINDS.contains("bare")) {
        bare.add(amidBareLoop(table, agent), alone);
      }
      if (KINDS.contains("model")) {
        slow.add(amid(table, agent, Answering.slow("llm:slow", SLOW_MILLIS)), alone);
      }
    }
    for (Tally tally : List.of(none, simple, bare, slow)) {
      if (tally.row().isEmpty()) {
        continue;
      }
      tell("%s, wait for the row: %s", tally.name(), text(tally.waits().row(), none.waits().row()));
      tell("%s, whole write: %s", tally.name(), text(tally.waits().write(), none.waits().write()));
      tell(
          "  ratios of rounds, medians: %.2f and %.2f; limit 1.1",
          BenchTable.median(tally.row().stream().mapToDouble(r -> r).toArray()),
          BenchTable.median(tally.write().stream().mapToDouble(r -> r).toArray()));
    }
    assertThat(unused.row().getTotalCount()).isPositive();
  }

  private void tell(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }

  private static String text(Histogram waits, Histogram alone) {
    return "%,d times, p50 %.2f, p99 %.2f, longest %.1f ms, p99 ratio %.2f"
        .formatted(
            waits.getTotalCount(),
            waits.getValueAtPercentile(50) / 1e6,
            waits.getValueAtPercentile(99) / 1e6,
            waits.getMaxValue() / 1e6,
            ratio(waits, alone));
  }

  private RowWriter.Waits amid(BenchTable table, RowWriter agent, Enricher enricher)
      throws Exception {
    List<String> ids = table.legacy(CHOSEN);
    try (Upgrades upgrades =
        Services.upgrades(table.open(), folder.resolve("journal" + journals++ + ".db"), enricher)) {
      UpgradeOptions options = UpgradeOptions.DEFAULT.withSnapshot(false);
      RunHandle run =
          upgrades.upgrade(
              ids, HOLD == 0 ? options : options.withBatching(Batching.holdingAtMost(HOLD)));
      agent.write(PHASE_NANOS / 5);
      int before = run.progress().done();
      RowWriter.Waits waits = agent.write(PHASE_NANOS);
      tell(
          "  %s: %,.0f rows/s, hold %s, over %s",
          enricher.name(),
          (run.progress().done() - before) * 1e9 / PHASE_NANOS,
          run.progress().lock().holds(),
          run.progress().state().isOver());
      run.cancel();
      run.await();
      // What was written is to be written again.
      upgrades.undo(run.id(), List.of(), UpgradeOptions.DEFAULT.withSnapshot(false)).await();
      return waits;
    }
  }

  /** What nobody could do with less: the rows are known, nothing is read, nothing noted. */
  private RowWriter.Waits amidBareLoop(BenchTable table, RowWriter agent) throws Exception {
    List<String> ids = table.legacy(CHOSEN);
    AtomicInteger written = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    FutureTask<Void> loop =
        new FutureTask<>(
            () -> {
              bareLoop(table, ids, written, over);
              return null;
            });
    Thread.ofPlatform().start(loop);
    agent.write(PHASE_NANOS / 5);
    int before = written.get();
    RowWriter.Waits waits = agent.write(PHASE_NANOS);
    tell("  bare loop: %,.0f rows/s", (written.get() - before) * 1e9 / PHASE_NANOS);
    over.set(true);
    loop.get();
    return waits;
  }

  private static void bareLoop(
      BenchTable table, List<String> ids, AtomicInteger written, AtomicBoolean over)
      throws SQLException {
    try (Connection connection = table.connect();
        PreparedStatement update =
            connection.prepareStatement("UPDATE memories SET importance = ? WHERE id = ?")) {
      connection.setAutoCommit(false);
      for (int next = 0; !over.get(); next = (next + BATCH) % (ids.size() - BATCH)) {
        for (String id : ids.subList(next, next + BATCH)) {
          update.setDouble(1, written.get());
          update.setString(2, id);
          update.addBatch();
        }
        update.executeBatch();
        connection.commit();
        written.addAndGet(BATCH);
      }
    }
  }
}
