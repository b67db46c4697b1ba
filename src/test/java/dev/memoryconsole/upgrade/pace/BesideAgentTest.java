package dev.memoryconsole.upgrade.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.postgres.PostgresServer;
import dev.memoryconsole.testing.ManyRows;
import dev.memoryconsole.testing.Services;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on a table of PostgreSQL makes way for agents that share the server with it. */
@Tag("postgres")
class BesideAgentTest {
  private static final int ROWS = 3_000;
  private static final Duration LONG = Duration.ofSeconds(30);

  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.newDatabase();

  @TempDir private Path folder;

  @AfterEach
  void drop() {
    server.drop(database);
  }

  private void fill(int rows) throws SQLException {
    server.makeTable(database).close();
    try (Connection agent = server.connect(PostgresServer.ADMIN, database)) {
      agent.setAutoCommit(false);
      ManyRows.insert(agent, rows, 5, 1);
      agent.commit();
    }
  }

  @Test
  void aRunRestsWhileAnAgentWritesAndGoesOnAtOnceWhenItIsGone() throws Exception {
    fill(ROWS);
    AtomicBoolean gone = new AtomicBoolean();
    try (ExecutorService executor = Executors.newSingleThreadExecutor();
        MemoryStore store = server.openTable(database);
        Upgrades upgrades = Services.upgrades(store, folder.resolve("journal.db"))) {
      Future<Integer> agent = executor.submit(() -> write(gone));
      try {
        await().atMost(LONG).until(() -> store.otherWriters().active());
        List<String> ids = store.ids(EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY)), ROWS);
        RunHandle run = upgrades.upgrade(ids, UpgradeOptions.DEFAULT.withSnapshot(false));
        await().atMost(LONG).until(() -> run.progress().pace().pauseMillis() > 0);
        assertThat(run.progress().state().isOver()).isFalse();
        gone.set(true);
        assertThat(agent.get()).isPositive();
        assertThat(run.await().count(EntryState.UPGRADED)).isEqualTo(ids.size());
        await().atMost(LONG).until(() -> !store.otherWriters().active());
        RunHandle undo = upgrades.undo(run.id(), List.of(), UpgradeOptions.DEFAULT);
        assertThat(undo.await().pace().pauseMillis()).isZero();
        assertThat(undo.progress().count(EntryState.UNDONE)).isEqualTo(ids.size());
      } finally {
        gone.set(true);
      }
    }
  }

  @Test
  void whatIsTriedAloneIsFollowedByARestToo() throws Exception {
    fill(50);
    AtomicBoolean gone = new AtomicBoolean();
    try (ExecutorService executor = Executors.newSingleThreadExecutor();
        MemoryStore store = server.openTable(database);
        Upgrades upgrades = Services.upgrades(store, folder.resolve("journal.db"))) {
      List<String> ids = store.ids(EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY)), 10);
      server.execute(
          database,
          "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS"
              + " $$ BEGIN RAISE EXCEPTION 'this row is poisoned'; END $$",
          "CREATE TRIGGER poison BEFORE UPDATE OF metadata ON memories FOR EACH ROW WHEN (old.id ="
              + " '"
              + ids.getFirst()
              + "') EXECUTE FUNCTION poison()");
      Future<Integer> agent = executor.submit(() -> write(gone));
      try {
        await().atMost(LONG).until(() -> store.otherWriters().active());
        RunHandle run =
            upgrades.upgrade(ids, UpgradeOptions.DEFAULT.withSnapshot(false).withBatchSize(10));
        assertThat(run.await().count(EntryState.UPGRADED)).isEqualTo(ids.size() - 1);
        assertThat(run.progress().count(EntryState.FAILED)).isEqualTo(1);
        List<LockAcquisition> holds =
            store.lockMetrics().events(0, System.currentTimeMillis() + 60_000).stream()
                .filter(hold -> hold.outcome() == LockAcquisition.Outcome.RELEASED)
                .toList();
        assertThat(holds).hasSize(ids.size() - 1);
        for (int i = 1; i < holds.size(); i++) {
          LockAcquisition before = holds.get(i - 1);
          double rested =
              holds.get(i).acquiredAtMicros()
                  - before.acquiredAtMicros()
                  - before.holdNanos() / 1e3;
          assertThat(rested / 1e3)
              .as("ms between two of them")
              .isGreaterThan(Math.min(240, 48 * before.holdNanos() / 1e6));
        }
      } finally {
        gone.set(true);
      }
      assertThat(agent.get()).isPositive();
    }
  }

  /** Writes until it is told to go; counts how often. */
  private int write(AtomicBoolean gone) throws SQLException, InterruptedException {
    int written = 0;
    try (Connection connection = server.connect(PostgresServer.ADMIN, database);
        Statement statement = connection.createStatement()) {
      while (!gone.get()) {
        written +=
            statement.executeUpdate(
                "UPDATE memories SET importance = 0.5 WHERE id ="
                    + " (SELECT id FROM memories ORDER BY random() LIMIT 1)");
        Thread.sleep(20);
      }
    }
    return written;
  }
}
