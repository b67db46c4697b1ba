package dev.memoryconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.node.Node;
import dev.memoryconsole.node.Peer;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.lance.LanceStore;
import dev.memoryconsole.store.lance.PluginTable;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
class LanceWriterWaitBenchmark {
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 2);
  private static final int ROWS = Integer.getInteger("bench.rows", 500);
  private static final int SECONDS = Integer.getInteger("bench.seconds", 30);
  private static final String EVERY = System.getProperty("bench.every", "100,500");
  private static final boolean SIMPLE = Boolean.getBoolean("bench.simple");
  private static final int WARMING_SECONDS = 2;
  private static final int DIMENSION = 384;
  private static final int CHOSEN = 500;
  private static final int CONCURRENCY = 4;
  // The last rows of the model's must come when the measurement is over.
  private static final int SPARE_SECONDS = 6;
  private static final int MODEL_MILLIS =
      1_000 * CONCURRENCY * (WARMING_SECONDS + SECONDS + SPARE_SECONDS) / CHOSEN;
  // Between a wait for nothing and the plugin's shortest.
  private static final double WAITED_MILLIS = 500;

  private enum Beside {
    NOTHING("alone"),
    MODEL("beside an upgrade by a model of " + MODEL_MILLIS + " ms"),
    SIMPLE("beside an upgrade without a model");

    private final String text;

    Beside(String text) {
      this.text = text;
    }
  }

  @TempDir private Path folder;
  private final PrintStream out = System.out;

  @Test
  void waitsWithAndWithoutAnUpgrade() throws Exception {
    Node.assumeThere();
    Path template = seeded();
    warm(copyOf(template));
    List<Beside> kinds = new ArrayList<>(List.of(Beside.NOTHING, Beside.MODEL));
    if (SIMPLE) {
      kinds.add(Beside.SIMPLE);
    }
    for (String every : EVERY.split(",", -1)) {
      Map<Beside, List<double[]>> rounds = new LinkedHashMap<>();
      for (int round = 0; round < ROUNDS; round++) {
        for (Beside beside : kinds) {
          rounds
              .computeIfAbsent(beside, key -> new ArrayList<>())
              .add(measure(copyOf(template), every, beside));
        }
      }
      List<double[]> alone = rounds.getOrDefault(Beside.NOTHING, List.of());
      rounds.forEach((beside, waits) -> sum(every, beside, waits, alone));
    }
  }

  private void sum(String every, Beside beside, List<double[]> rounds, List<double[]> alone) {
    double[] all = rounds.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
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

  private static double median(List<double[]> rounds, double share) {
    return BenchStore.median(
        rounds.stream().mapToDouble(waits -> quantile(waits, share)).toArray());
  }

  private static String text(double[] sorted) {
    return "%d writes, wait ms p50 %.2f, p99 %.2f, max %.0f, %.2f %% had to wait"
        .formatted(
            sorted.length,
            quantile(sorted, 0.5),
            quantile(sorted, 0.99),
            sorted[sorted.length - 1],
            100.0
                * Arrays.stream(sorted).filter(wait -> wait > WAITED_MILLIS).count()
                / sorted.length);
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  private double[] measure(Path store, String every, Beside beside) throws Exception {
    try (Peer agent = Node.start("agent.mjs", store, DIMENSION)) {
      agent.tell("write " + every + " inside");
      agent.expect("writing");
      double[] waits =
          switch (beside) {
            case NOTHING -> waits(agent);
            case MODEL -> besideAnUpgrade(agent, store, new Model(), CHOSEN);
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

  private static double[] waits(Peer agent) throws InterruptedException {
    TimeUnit.SECONDS.sleep(WARMING_SECONDS);
    agent.tell("waits");
    agent.expect("waited");
    TimeUnit.SECONDS.sleep(SECONDS);
    agent.tell("waits");
    return Stream.of(agent.expect("waited").split(" ", -1))
        .mapToDouble(Double::parseDouble)
        .sorted()
        .toArray();
  }

  private double[] besideAnUpgrade(Peer agent, Path store, Enricher enricher, int rows)
      throws Exception {
    try (UpgradeService service = service(store, enricher)) {
      RunHandle run =
          service.upgrade(
              EntryQuery.ALL, rows, UpgradeOptions.DEFAULT.withConcurrency(CONCURRENCY));
      double[] waits = waits(agent);
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

  private UpgradeService service(Path store, Enricher enricher) {
    return new UpgradeService(
        LanceStore.open(store, PluginTable.options()),
        new SqliteJournal(folder.resolve(UUID.randomUUID() + ".db")),
        enricher,
        Clock.systemUTC());
  }

  private Path seeded() throws Exception {
    Path store = Files.createDirectory(folder.resolve("template"));
    try (Peer agent = Node.start("agent.mjs", store, DIMENSION)) {
      agent.tell("seed " + ROWS);
      agent.expect("seeded");
    }
    return store;
  }

  private Path copyOf(Path template) throws IOException {
    Path copy = folder.resolve("store" + UUID.randomUUID());
    try (Stream<Path> files = Files.walk(template)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(template.relativize(file)));
      }
    }
    return copy;
  }

  /** Until the compiler has seen it, a hold takes several times as long. */
  private void warm(Path store) throws Exception {
    try (UpgradeService service = service(store, new SimpleEnricher())) {
      service.upgrade(EntryQuery.ALL, CHOSEN, UpgradeOptions.DEFAULT.withBatchSize(10)).await();
    }
  }

  /** Takes as long as a model. */
  private static final class Model implements Enricher {
    private final SimpleEnricher simple = new SimpleEnricher();

    @Override
    public String name() {
      return "llm:slow";
    }

    @Override
    public Enriched enrich(MemoryEntry entry) throws InterruptedException {
      TimeUnit.MILLISECONDS.sleep(MODEL_MILLIS);
      return simple.enrich(entry);
    }
  }
}
