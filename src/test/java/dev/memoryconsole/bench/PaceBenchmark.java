package dev.memoryconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.node.Node;
import dev.memoryconsole.node.Peer;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.lance.LanceStore;
import dev.memoryconsole.store.lance.PluginTable;
import dev.memoryconsole.testing.Answering;
import dev.memoryconsole.testing.Doubles;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An upgrade of 300 rows of the plugin's store by a model of 60 ms, four at once, beside a writer
 * on Node, on a quiet machine and beside four busy processes; and the same by the plugin's own way,
 * played on Node. How long each takes until its last row is written, without the later looks
 * whether all stayed; how often it takes the lock; and how long the writer waits for it. A writer
 * that has to wait at all waits for a second or more. And once with 150 ms more in each commit, as
 * on a slow file system.
 *
 * <p>Not a test, but it asserts what was promised: {@code mvn test -Pbench -Dtest=PaceBenchmark},
 * about six minutes. With {@code -Dbench.rows=100}, {@code -Dbench.rounds=3}, {@code
 * -Dbench.every=100}, {@code -Dbench.busy=0}, {@code -Dbench.upstream=false} for other
 * measurements, which assert nothing of the time.
 */
@Tag("bench")
class PaceBenchmark extends BesideAgent {
  private static final int ROWS = Integer.getInteger("bench.rows", 300);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 1);
  private static final String EVERY = System.getProperty("bench.every", "100,500");
  private static final int BUSY = Integer.getInteger("bench.busy", 4);
  private static final boolean UPSTREAM = !"false".equals(System.getProperty("bench.upstream"));
  private static final boolean WHOLE = ROWS == 300;
  private static final int MODEL_MILLIS = 60;
  private static final int SLOW_MILLIS = 150;
  // The plugin's way may wait for the lock for minutes; then it is enough.
  private static final int UPSTREAM_MILLIS = 100_000;
  // As long as the store has been open before the upgrade.
  private static final int WATCHED_SECONDS = 3;

  /** A run's figures; times in milliseconds. */
  private record Figures(long millis, long acquisitions, long rows, Waits waits, int lost) {}

  private final List<String> broken = new ArrayList<>();

  @Test
  void upgradesBesideAWriterQuickerThanThePluginAndInFewerHolds() throws Exception {
    Node.assumeThere();
    Path template = seeded(ROWS);
    warm(copyOf(template), ROWS);
    out.printf(
        "| machine | a write every | upgrade | rows | s | acquisitions | writes | wait ms p50 | p99"
            + " | max | had to wait | lost |%n|---|---|---|---|---|---|---|---|---|---|---|---|%n");
    for (String every : EVERY.split(",", -1)) {
      for (int busy : BUSY == 0 ? new int[] {0} : new int[] {0, BUSY}) {
        for (int round = 0; round < ROUNDS; round++) {
          compare(template, every, busy);
        }
      }
    }
    slow(template);
    assertThat(broken).isEmpty();
  }

  private void compare(Path template, String every, int busy) throws Exception {
    List<Process> others = start(busy);
    try {
      String machine = busy == 0 ? "quiet" : busy + " busy processes";
      Figures ours = beside(template, every, (agent, store) -> ours(store, 0));
      print(machine, every, "two phases", ours);
      String name = machine + ", every " + every + " ms, ";
      promise(name + "writes lost", ours.lost, 0);
      if (WHOLE) {
        promise(name + "ms", ours.millis, busy == 0 ? 20_000 : 40_000);
        promise(name + "acquisitions", ours.acquisitions, busy == 0 ? 30 : 40);
        promise(name + "% had to wait", ours.waits.waitedPercent(), busy == 0 ? 1 : 3);
      }
      if (UPSTREAM) {
        Figures upstream = beside(template, every, PaceBenchmark::upstream);
        print(machine, every, "the plugin's way", upstream);
        promise(name + "ms beside the plugin's", ours.millis, upstream.millis);
      }
    } finally {
      others.forEach(Process::destroyForcibly);
    }
  }

  private void slow(Path template) throws Exception {
    String every = "500";
    Figures usual = beside(template, every, (agent, store) -> ours(store, 0));
    print("quiet", every, "two phases", usual);
    Figures slow = beside(template, every, (agent, store) -> ours(store, SLOW_MILLIS));
    print("quiet, commits of " + SLOW_MILLIS + " ms more", every, "two phases", slow);
    promise("slow commits, writes lost", slow.lost, 0);
    promise("slow commits, ms", slow.millis, 3 * usual.millis);
  }

  private void promise(String what, Number found, Number most) {
    if (found.doubleValue() > most.doubleValue()) {
      broken.add("%s: %s instead of %s at most".formatted(what, found, most));
    }
  }

  private void print(String machine, String every, String what, Figures figures) {
    out.printf(
        "| %s | %s ms | %s | %d | %.1f | %d | %d | %.1f | %.0f | %.0f | %.1f %% | %d |%n",
        machine,
        every,
        what,
        figures.rows,
        figures.millis / 1e3,
        figures.acquisitions,
        figures.waits.count(),
        figures.waits.quantile(0.5),
        figures.waits.quantile(0.99),
        figures.waits.longest(),
        figures.waits.waitedPercent(),
        figures.lost);
  }

  /** An upgrade of the store beside a writer; answers its time, its acquisitions and its rows. */
  private interface Upgrade {
    long[] run(Peer agent, Path store) throws Exception;
  }

  private Figures beside(Path template, String every, Upgrade upgrade) throws Exception {
    Path store = copyOf(template);
    try (Peer agent = agent(store)) {
      agent.tell("write " + every + " inside");
      agent.expect("writing");
      long[] taken = upgrade.run(agent, store);
      Waits waits = waits(agent);
      agent.tell("stop");
      agent.expect("stopped");
      agent.tell("check");
      String[] checked = agent.expect("checked").split(" ", -1);
      assertThat(checked[0]).isEqualTo(String.valueOf(ROWS));
      return new Figures(taken[0], taken[1], taken[2], waits, Integer.parseInt(checked[1]));
    }
  }

  private long[] ours(Path path, int slowMillis) throws Exception {
    MemoryStore store = slowed(LanceStore.open(path, PluginTable.options()), slowMillis);
    try (Upgrades service = upgrades(store, Answering.slow("llm:slow", MODEL_MILLIS))) {
      TimeUnit.SECONDS.sleep(WATCHED_SECONDS);
      long begun = System.nanoTime();
      RunHandle run =
          service.upgrade(
              EntryQuery.ALL, ROWS, UpgradeOptions.DEFAULT.withConcurrency(CONCURRENCY));
      await()
          .atMost(Duration.ofMinutes(10))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> run.progress().done() == ROWS);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      LockSummary lock = run.progress().lock();
      RunProgress end = run.await();
      assertThat(end.count(EntryState.UPGRADED)).isEqualTo(ROWS);
      out.printf(
          "%d rows in %d ms, %d acquisitions, hold ms %s; %s%n",
          ROWS, millis, lock.acquisitions(), lock.holds(), end.pace());
      return new long[] {millis, lock.acquisitions(), ROWS};
    }
  }

  /** Another process of the plugin's. */
  private static long[] upstream(Peer agent, Path store) throws Exception {
    try (Peer upgrader = agent(store)) {
      upgrader.tell("upgrade " + MODEL_MILLIS + " " + UPSTREAM_MILLIS);
      return Stream.of(upgrader.expect("upgraded").split(" ", -1))
          .mapToLong(Long::parseLong)
          .toArray();
    }
  }

  /** The same store, whose commits take so much longer, inside the lock. */
  private static MemoryStore slowed(MemoryStore real, int millis) {
    return Doubles.like(
        MemoryStore.class,
        real,
        (proxy, method, arguments) -> {
          if (method.getName().equals("patch") && millis > 0) {
            arguments[1] = slowed((BatchPatch) arguments[1], millis);
          }
          return Doubles.handOn(real, method, arguments);
        });
  }

  private static BatchPatch slowed(BatchPatch patch, int millis) {
    return Doubles.like(
        BatchPatch.class,
        patch,
        (proxy, method, arguments) -> {
          Object result = Doubles.handOn(patch, method, arguments);
          if (method.getName().equals("beforeCommit")) {
            TimeUnit.MILLISECONDS.sleep(millis);
          }
          return result;
        });
  }

  private static List<Process> start(int busy) throws IOException {
    List<Process> others = new ArrayList<>();
    for (int i = 0; i < busy; i++) {
      others.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
    }
    return others;
  }
}
