package dev.memoryconsole.upgrade.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.team.TeamRuns.Standing;
import dev.memoryconsole.journal.team.TeamTerms;
import dev.memoryconsole.store.postgres.PostgresPair;
import dev.memoryconsole.store.postgres.PostgresServer;
import dev.memoryconsole.upgrade.UpgradeException;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The primary is killed while two consoles work on a run, and its standby promoted. */
@Tag("slow")
@Tag("crash")
@Timeout(180)
class SharedFailoverTest {
  private static final int ROWS = 800;
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final UpgradeOptions OPTIONS =
      UpgradeOptions.DEFAULT.withConcurrency(2).withBatchSize(5);

  @TempDir private Path folder;

  @Test
  void bothGoOnWhenTheStandbyIsPromoted() throws Exception {
    assumeThat(PostgresServer.shared().port()).isPositive();
    try (PostgresPair pair = PostgresPair.start();
        ExecutorService machines = Executors.newVirtualThreadPerTaskExecutor()) {
      pair.makeTable();
      try (Connection agent = pair.connect();
          Statement statement = agent.createStatement()) {
        statement.execute(
            "INSERT INTO memories (id, text, category, scope, timestamp, metadata)"
                + " SELECT 'row' || n, 'The text of ' || n, 'fact', 'global', 1700000000000, '{}'"
                + " FROM generate_series(1, "
                + ROWS
                + ") AS n");
      }
      try (Console one = console(pair, "one.db");
          Console other = console(pair, "other.db")) {
        long run = one.upgrades().share(one.plan(), OPTIONS, TeamTerms.NONE);
        List<Future<?>> working = new ArrayList<>();
        working.add(machines.submit(() -> work(one, run)));
        working.add(machines.submit(() -> work(other, run)));
        await().atMost(Duration.ofMinutes(1)).until(() -> written(pair) > ROWS / 5);
        pair.killPrimary();
        pair.promoteStandby();
        for (Future<?> each : working) {
          each.get();
        }

        RunRecord record = one.upgrades().run(run).orElseThrow();
        assertThat(record.state()).isEqualTo(RunState.COMPLETED);
        assertThat(record.counts()).containsExactly(Map.entry(EntryState.UPGRADED, ROWS));
        assertThat(number(pair, "SELECT count(*) FROM memories WHERE version = 2")).isEqualTo(ROWS);
      }
    }
  }

  private Console console(PostgresPair pair, String journal) {
    return Console.open(
        pair.url(), folder.resolve(journal), Enrichers.of(SharedWorkerMain.slow(20)), LEASE);
  }

  /** As the command does: part after part until nothing is left, and again where one has failed. */
  private static Object work(Console console, long run) throws InterruptedException {
    int parts = 0;
    while (true) {
      try {
        Standing standing = console.team().standing(run).orElseThrow();
        if (!standing.isOpen()) {
          return parts;
        }
        if (standing.isFree()) {
          console.upgrades().work(run, OPTIONS).await();
          parts++;
        }
      } catch (JournalException | UpgradeException away) {
        // The next look tells.
      }
      Thread.sleep(100);
    }
  }

  private static long written(PostgresPair pair) throws SQLException {
    return number(pair, "SELECT count(*) FROM memories WHERE version > 1");
  }

  private static long number(PostgresPair pair, String query) throws SQLException {
    try (Connection looker = pair.connect();
        Statement statement = looker.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
