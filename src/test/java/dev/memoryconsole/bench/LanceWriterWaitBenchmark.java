package dev.memoryconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.node.Node;
import dev.memoryconsole.node.Peer;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.lance.LanceStore;
import dev.memoryconsole.store.lance.PluginTable;
import dev.memoryconsole.testing.Answering;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long a writer on Node waits for the plugin's lock, alone and beside an upgrade, in turn. It
 * patches a row inside the lock every 100 or 500 ms and waits as the plugin does: it looks at once,
 * then after 1, 3, 7 s, so that a wait is nothing or at least a second. The upgrade has the
 * program's own pace; its model takes so long that 500 rows last as long as the measurement. With
 * {@code -Dbench.simple=true} there is also an upgrade without a model, as fast as its pace allows,
 * which needs a large store to last.
 *
 * <p>Not a test: {@code mvn test -Pbench -Dtest=LanceWriterWaitBenchmark}, with {@code
 * -Dbench.rows=20000}, {@code -Dbench.rounds=5}, {@code -Dbench.seconds=30}, {@code
 * -Dbench.every=100} for other measurements than two rounds on 500 rows.
 */
@Tag("bench")
class LanceWriterWaitBenchmark extends BesideAgent {
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 2);
  private static final int ROWS = Integer.getInteger("bench.rows", 500);
  private static final int SECONDS = Integer.getInteger("bench.seconds", 30);
  private static final String EVERY = System.getProperty("bench.every", "100,500");
  private static final boolean SIMPLE = Boolean.getBoolean("bench.simple");
  private static final int WARMING_SECONDS = 2;
  private static final int CHOSEN = 500;
  // The last rows of the model's must come when the measurement is over.
  private static final int SPARE_SECONDS = 6;
  private static final int MODEL_MILLIS =
      1_000 * CONCURRENCY * (WARMING_SECONDS + SECONDS + SPARE_SECONDS) / CHOSEN;

  private enum Beside {
    NOTHING("alone"),
    MODEL("beside an upgrade by a model of " + MODEL_MILLIS + " ms"),
    SIMPLE("beside an upgrade without a model");

    private final String text;

    Beside(String text) {
      this.text = text;
    }
  }

  @Test
  void waitsWithAndWithoutAnUpgrade() throws Exception {
    Node.assumeThere();
    Path template = seeded(ROWS);
    warm(copyOf(template), CHOSEN);
    List<Beside> kinds = new ArrayList<>(List.of(Beside.NOTHING, Beside.MODEL));
    if (SIMPLE) {
      kinds.add(Beside.SIMPLE);
    }
    for (String every : EVERY.split(",", -1)) {
      Map<Beside, List<Waits>> rounds = new LinkedHashMap<>();
      for (int round = 0; round < ROUNDS; round++) {
        for (Beside beside : kinds) {
          rounds
              .computeIfAbsent(beside, key -> new ArrayList<>())
              .add(measure(copyOf(template), every, beside));
        }
      }
      List<Waits> alone = rounds.getOrDefault(Beside.NOTHING, List.of());
      rounds.forEach((beside, waits) -> sum(every, beside, waits, alone));
    }
  }

  private void sum(String every, Beside beside, List<Waits> rounds, List<Waits> alone) {
    Waits all = new Waits(rounds.stream().flatMapToDouble(Waits::stream).sorted().toArray());
    out.printf(
        "%,d rows, a write every %s ms, %s: %s; medians of rounds: p50 %.2f, p99 %.2f ms, %.2f and"
            + " %.2f times those alone%n",
        ROWS,
        every,
        beside.text,
        text(all),
        median(rounds, 0.5),
        median(rounds, 0.99),
        median(rounds, 0.5) / median(alone, 0.5),
        median(rounds, 0.99) / median(alone, 0.99));
  }

  private static double median(List<Waits> rounds, double share) {
    return BenchStore.median(rounds.stream().mapToDouble(waits -> waits.quantile(share)).toArray());
  }

  private static String text(Waits waits) {
    return "%d writes, wait ms p50 %.2f, p99 %.2f, max %.0f, %.2f %% had to wait"
        .formatted(
            waits.count(),
            waits.quantile(0.5),
            waits.quantile(0.99),
            waits.longest(),
            waits.waitedPercent());
  }

  private Waits measure(Path store, String every, Beside beside) throws Exception {
    try (Peer agent = agent(store)) {
      agent.tell("write " + every + " inside");
      agent.expect("writing");
      Waits waits =
          switch (beside) {
            case NOTHING -> measured(agent);
            case MODEL ->
                besideAnUpgrade(agent, store, Answering.slow("llm:slow", MODEL_MILLIS), CHOSEN);
            case SIMPLE -> besideAnUpgrade(agent, store, new SimpleEnricher(), ROWS);
          };
      agent.tell("stop");
      agent.expect("stopped");
      agent.tell("check");
      assertThat(agent.expect("checked")).startsWith(ROWS + " 0 ");
      out.printf("every %s ms %s: %s%n", every, beside.text, text(waits));
      return waits;
    }
  }

  private static Waits measured(Peer agent) throws InterruptedException {
    TimeUnit.SECONDS.sleep(WARMING_SECONDS);
    waits(agent);
    TimeUnit.SECONDS.sleep(SECONDS);
    return waits(agent);
  }

  private Waits besideAnUpgrade(Peer agent, Path store, Enricher enricher, int rows)
      throws Exception {
    try (Upgrades service = upgrades(LanceStore.open(store, PluginTable.options()), enricher)) {
      RunHandle run =
          service.upgrade(
              EntryQuery.ALL, rows, UpgradeOptions.DEFAULT.withConcurrency(CONCURRENCY));
      Waits waits = measured(agent);
      LockSummary lock = run.progress().lock();
      out.printf(
          "%d rows in %d batches, hold ms %s%n",
          run.progress().done(), lock.acquisitions(), lock.holds());
      assertThat(run.progress().done()).as("upgrading to the end").isBetween(1, rows - 1);
      run.cancel();
      run.await();
      return waits;
    }
  }
}
