package dev.memoryconsole.upgrade.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.journal.team.TeamTerms;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How much faster many consoles are than one, each a process of its own, with a model that takes
 * 200 ms: {@code mvn test -Pbench -Dtest=SharedRunsBenchmark}.
 */
@Tag("bench")
class SharedRunsBenchmark {
  private static final long MODEL_MILLIS = 200;
  private static final int PLACES = Integer.getInteger("bench.places", 8);
  private static final int SECONDS = Integer.getInteger("bench.seconds", 20);

  @TempDir private Path folder;

  @Test
  void manyConsolesAgainstOne() throws Exception {
    double one = 0;
    for (int consoles : new int[] {1, 2, 4, 8}) {
      double rate = perSecond(consoles);
      one = one == 0 ? rate : one;
      System.out.printf(
          "%d consoles: %.1f memories a second, %.2f of %d times one's; the model's limit is %d%n",
          consoles,
          rate,
          rate / one / consoles,
          consoles,
          1_000L * consoles * PLACES / MODEL_MILLIS);
    }
  }

  private double perSecond(int consoles) throws Exception {
    int rows = (int) (1_000L * consoles * PLACES / MODEL_MILLIS * SECONDS);
    try (SharedTable table = new SharedTable(rows);
        Console admin =
            Console.open(
                table.url(),
                folder.resolve("admin" + consoles + ".db"),
                Enrichers.of(SharedWorkerMain.slow(0)),
                Duration.ofSeconds(30));
        SharedWorkers workers =
            new SharedWorkers(
                table.url(),
                folder.resolve("of" + consoles),
                Duration.ofSeconds(30).toMillis(),
                MODEL_MILLIS,
                PLACES)) {
      Files.createDirectories(folder.resolve("of" + consoles));
      long run = admin.upgrades().share(admin.plan(), UpgradeOptions.DEFAULT, TeamTerms.NONE);
      List<Process> all = new ArrayList<>();
      for (int i = 0; i < consoles; i++) {
        all.add(workers.start(run));
      }
      for (Process each : all) {
        SharedWorkers.ready(each);
      }
      long begun = System.nanoTime();
      for (Process each : all) {
        SharedWorkers.go(each);
      }
      for (Process each : all) {
        assertThat(each.waitFor()).isZero();
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      assertThat(table.writes()).hasSize(rows).allSatisfy((_, n) -> assertThat(n).isEqualTo("1"));
      return rows * 1_000.0 / took.toMillis();
    }
  }
}
