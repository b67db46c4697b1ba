package dev.memoryconsole.bench;

import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.node.Node;
import dev.memoryconsole.node.Peer;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.lance.LanceStore;
import dev.memoryconsole.store.lance.PluginTable;
import dev.memoryconsole.testing.Services;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plugin's store with a writer on Node beside it, who waits for the lock as the plugin does.
 */
abstract class BesideAgent {
  static final int CONCURRENCY = 4;
  private static final int DIMENSION = 384;
  // Between a wait for nothing and the plugin's shortest.
  private static final double WAITED_MILLIS = 500;

  @TempDir Path folder;
  final PrintStream out = System.out;

  /** Waits for the lock, in milliseconds. */
  static final class Waits {
    private final double[] sorted;

    Waits(double[] sorted) {
      this.sorted = sorted;
    }

    int count() {
      return sorted.length;
    }

    DoubleStream stream() {
      return Arrays.stream(sorted);
    }

    double quantile(double share) {
      return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    double longest() {
      return sorted[sorted.length - 1];
    }

    /** How many of them waited at all, in per cent. */
    double waitedPercent() {
      return 100.0 * stream().filter(wait -> wait > WAITED_MILLIS).count() / sorted.length;
    }
  }

  static Peer agent(Path store) throws IOException {
    return Node.start("agent.mjs", store, DIMENSION);
  }

  /** The waits since this was asked before. */
  static Waits waits(Peer agent) throws InterruptedException {
    agent.tell("waits");
    return new Waits(
        Stream.of(agent.expect("waited").split(" ", -1))
            .filter(wait -> !wait.isEmpty())
            .mapToDouble(Double::parseDouble)
            .sorted()
            .toArray());
  }

  final Path seeded(int rows) throws Exception {
    Path store = Files.createDirectory(folder.resolve("template"));
    try (Peer agent = agent(store)) {
      agent.tell("seed " + rows);
      agent.expect("seeded");
    }
    return store;
  }

  final Path copyOf(Path template) throws IOException {
    return PluginTable.copy(template, folder.resolve("store" + UUID.randomUUID()));
  }

  final Upgrades upgrades(MemoryStore store, Enricher enricher) {
    return Services.upgrades(store, folder.resolve(UUID.randomUUID() + ".db"), enricher);
  }

  /** Until the compiler has seen it, a hold takes several times as long. */
  final void warm(Path store, int rows) throws InterruptedException {
    try (Upgrades upgrades =
        Services.upgrades(
            LanceStore.open(store, PluginTable.options()), folder.resolve("warm.db"))) {
      upgrades.upgrade(EntryQuery.ALL, rows, UpgradeOptions.DEFAULT.withBatchSize(10)).await();
    }
  }
}
