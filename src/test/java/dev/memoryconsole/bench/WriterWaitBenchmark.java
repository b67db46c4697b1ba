package dev.memoryconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Answering;
import dev.memoryconsole.testing.Services;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long an agent that writes every 5 ms waits, with and without an upgrade of the same rows, in
 * turn. Not a test: {@code mvn test -Pbench -Dtest=WriterWaitBenchmark}.
 */
@Tag("bench")
class WriterWaitBenchmark {
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
  private static final long PHASE_NANOS = 5_000_000_000L;
  private static final int CHOSEN = 10_000;
  private static final int SLOW_MILLIS = 20;

  /** All rounds of one kind. */
  private record Tally(String name, AgentWriter.Waits waits, List<Double> ratios) {
    Tally(String name) {
      this(name, new AgentWriter.Waits(), new ArrayList<>());
    }

    void add(AgentWriter.Waits found, AgentWriter.Waits alone) {
      waits.add(found);
      ratios.add(ratio(found.lock, alone.lock));
    }
  }

  @TempDir private Path folder;
  private final PrintStream out = System.out;

  @Test
  void waitsWithAndWithoutAnUpgrade() throws Exception {
    Path file = folder.resolve("store.db");
    BenchStore.fill(file, BenchStore.ROWS);
    warm(file);
    Tally none = new Tally("no upgrade");
    Tally simple = new Tally("simple enrichment");
    Tally slow = new Tally("model of " + SLOW_MILLIS + " ms");
    for (int round = 0; round < ROUNDS; round++) {
      AgentWriter.Waits alone = agentAlone(file);
      none.add(alone, alone);
      simple.add(amidAnUpgrade(file, new SimpleEnricher()), alone);
      slow.add(amidAnUpgrade(file, Answering.slow("llm:slow", SLOW_MILLIS)), alone);
    }
    for (Tally tally : List.of(none, simple, slow)) {
      out.printf(
          "%s, wait for the lock: %s, p99 ratio %.2f (median of rounds %.2f)%n",
          tally.name(),
          text(tally.waits().lock),
          ratio(tally.waits().lock, none.waits().lock),
          BenchStore.median(tally.ratios().stream().mapToDouble(r -> r).toArray()));
      out.printf(
          "%s, whole write: %s, p99 ratio %.2f%n",
          tally.name(), text(tally.waits().write), ratio(tally.waits().write, none.waits().write));
    }
    assertThat(none.waits().lock.getTotalCount()).isPositive();
  }

  /** Until the compiler has seen it, a hold takes several times as long. */
  private void warm(Path file) throws Exception {
    try (Upgrades service =
        Services.upgrades(SqliteStore.open(file), folder.resolve("journal.db"))) {
      service.upgrade(EntryQuery.ALL, CHOSEN, UpgradeOptions.DEFAULT).await();
    }
  }

  private AgentWriter.Waits agentAlone(Path file) throws SQLException {
    try (AgentWriter agent = new AgentWriter(file, legacy(file))) {
      agent.write(PHASE_NANOS / 10);
      AgentWriter.Waits waits = agent.write(PHASE_NANOS);
      out.printf("alone: %s%n", text(waits.lock));
      return waits;
    }
  }

  private AgentWriter.Waits amidAnUpgrade(Path file, Enricher enricher) throws Exception {
    List<String> ids = legacy(file);
    try (Upgrades service =
            Services.upgrades(SqliteStore.open(file), folder.resolve("journal.db"), enricher);
        AgentWriter agent = new AgentWriter(file, ids)) {
      RunHandle run = service.upgrade(ids, UpgradeOptions.DEFAULT);
      agent.write(PHASE_NANOS / 10);
      int before = run.progress().done();
      AgentWriter.Waits waits = agent.write(PHASE_NANOS);
      int after = run.progress().done();
      out.printf(
          "%s: %s, upgraded %.0f rows/s, hold ms %s%n",
          enricher.name(),
          text(waits.lock),
          (after - before) * 1e9 / PHASE_NANOS,
          run.progress().lock().holds());
      assertThat(run.progress().state().isOver()).as("upgrading to the end").isFalse();
      run.cancel();
      run.await();
      return waits;
    }
  }

  private static List<String> legacy(Path file) {
    try (SqliteStore store = SqliteStore.open(file)) {
      return store.ids(EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY)), CHOSEN);
    }
  }

  private static double ratio(Histogram with, Histogram without) {
    return (double) with.getValueAtPercentile(99) / without.getValueAtPercentile(99);
  }

  private static String text(Histogram nanos) {
    return "%d writes, ms p50 %.3f p99 %.3f max %.2f"
        .formatted(
            nanos.getTotalCount(),
            nanos.getValueAtPercentile(50) / 1e6,
            nanos.getValueAtPercentile(99) / 1e6,
            nanos.getMaxValue() / 1e6);
  }
}
