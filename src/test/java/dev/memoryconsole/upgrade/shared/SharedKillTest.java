package dev.memoryconsole.upgrade.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.team.TeamTerms;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three consoles work on a run, and again and again one of them is killed, or stands still. */
@Tag("crash")
class SharedKillTest {
  private static final int ROWS = 600;
  private static final long LEASE = 1_500;
  private static final long MODEL_MILLIS = 40;

  @TempDir private Path folder;

  @Test
  void everyRowIsWrittenOnceHoweverManyAreKilled() throws Exception {
    kill(4);
  }

  @Test
  @Tag("long")
  void everyRowIsWrittenOnceAfterThirtyKills() throws Exception {
    kill(30);
  }

  private void kill(int times) throws Exception {
    try (SharedTable table = new SharedTable(ROWS * Math.max(1, times / 5));
        SharedWorkers workers = new SharedWorkers(table.url(), folder, LEASE, MODEL_MILLIS, 2);
        Console admin =
            Console.open(
                table.url(),
                folder.resolve("admin.db"),
                Enrichers.of(SharedWorkerMain.slow(0)),
                Duration.ofMillis(LEASE))) {
      Map<String, String> before = table.metadata();
      long run = admin.upgrades().share(admin.plan(), UpgradeOptions.DEFAULT, TeamTerms.NONE);
      List<Process> three = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        three.add(begun(workers, run));
      }
      Random random = new Random(times);
      for (int i = 0; i < times && admin.team().standing(run).orElseThrow().isOpen(); i++) {
        int one = random.nextInt(three.size());
        // Of the moments that a memory takes, any.
        Thread.sleep(random.nextInt(50, 600));
        if (i % 4 == 3) {
          standStill(admin, run, three.get(one));
        } else {
          three.get(one).destroyForcibly().waitFor();
          three.set(one, begun(workers, run));
        }
      }
      await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> !admin.team().standing(run).orElseThrow().isOpen());
      for (Process each : three) {
        each.waitFor();
      }

      assertThat(table.writes()).allSatisfy((_, writes) -> assertThat(writes).isEqualTo("1"));
      RunRecord record = admin.upgrades().run(run).orElseThrow();
      assertThat(record.state()).isEqualTo(RunState.COMPLETED);
      assertThat(record.counts()).containsExactly(Map.entry(EntryState.UPGRADED, before.size()));
      assertThat(
              admin
                  .upgrades()
                  .undo(run, Set.of(), UpgradeOptions.DEFAULT)
                  .await()
                  .count(EntryState.UNDONE))
          .isEqualTo(before.size());
      assertThat(table.metadata()).isEqualTo(before);
    }
  }

  private static Process begun(SharedWorkers workers, long run) throws IOException {
    Process worker = workers.start(run);
    SharedWorkers.ready(worker);
    SharedWorkers.go(worker);
    return worker;
  }

  /** For longer than its lease, until the others have taken what it had; then it goes on. */
  private static void standStill(Console admin, long run, Process worker) throws IOException {
    SharedWorkers.signal(worker, "STOP");
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  !admin.team().standing(run).orElseThrow().isOpen()
                      || admin.team().find(run).orElseThrow().workers().stream()
                          .noneMatch(
                              each ->
                                  each.pid() == worker.pid()
                                      && (each.isAtWork() || each.taken() > 0)));
    } finally {
      SharedWorkers.signal(worker, "CONT");
    }
  }
}
