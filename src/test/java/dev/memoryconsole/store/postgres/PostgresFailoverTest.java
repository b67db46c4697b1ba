package dev.memoryconsole.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The primary is killed in mid-run and its standby promoted: what was acknowledged is there, and
 * the run goes on by itself.
 */
@Tag("slow")
@Tag("crash")
@Timeout(180)
class PostgresFailoverTest {
  private static final int ROWS = 1_200;
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final UpgradeOptions OPTIONS =
      UpgradeOptions.DEFAULT.withSnapshot(false).withBatchSize(4);

  @TempDir private Path folder;
  private final int[] acknowledged = new int[ROWS];
  private volatile boolean enough;

  @Test
  void aRunGoesOnWhenTheStandbyIsPromoted() throws Exception {
    // Skipped where there is no server at all, or only an installed one that is too old for this.
    assumeTrue(PostgresServer.shared().port() > 0);
    try (PostgresPair pair = PostgresPair.start();
        ExecutorService agents = Executors.newVirtualThreadPerTaskExecutor()) {
      StoreLocation location = StoreLocation.parse(pair.url()).orElseThrow();
      try (PostgresStore store = PostgresStore.create(location, PostgresEngine.OPTIONS);
          UpgradeService upgrades =
              new UpgradeService(
                  store,
                  new SqliteJournal(folder.resolve("journal.db")),
                  new SimpleEnricher(),
                  Clock.systemUTC())) {
        fill(store);
        Future<?> agent = agents.submit(() -> count(pair));
        RunHandle run =
            upgrades.upgrade(IntStream.range(0, ROWS).mapToObj(this::id).toList(), OPTIONS);
        await().atMost(LONG).until(() -> run.progress().count(EntryState.UPGRADED) > ROWS / 5);
        int before = run.progress().count(EntryState.UPGRADED);
        pair.killPrimary();
        long killed = System.nanoTime();
        pair.promoteStandby();
        await().atMost(LONG).until(() -> run.progress().count(EntryState.UPGRADED) > before + 40);
        System.out.printf(
            Locale.ROOT,
            "failover: %d of %d entries before, went on %.1f s after the kill%n",
            before,
            ROWS,
            (System.nanoTime() - killed) / 1e9);
        RunProgress end = run.await();
        enough = true;
        agent.get();
        assertThat(before).isLessThan(ROWS - 100);
        assertThat(end.state()).as(run.problem()).isEqualTo(RunState.COMPLETED);
        assertThat(end.count(EntryState.UPGRADED)).isEqualTo(ROWS);
        assertThat(IntStream.of(acknowledged).sum()).isPositive();
        assertRows(store, 1);
        upgrades.undo(run.id(), List.of(), OPTIONS).await();
        assertRows(store, 2);
      }
    }
  }

  private String id(int row) {
    return "row%04d".formatted(row);
  }

  private void fill(PostgresStore store) throws InterruptedException {
    store.insert(
        IntStream.range(0, ROWS)
            .mapToObj(row -> Entries.entry(id(row), "The text of " + row, "{\"count\":0}"))
            .toList(),
        ExistingRows.SKIP);
  }

  /** Whoever wrote a row wrote it whole, and once. */
  private void assertRows(PostgresStore store, int ours) {
    List<MemoryEntry> rows = store.page(EntryQuery.ALL, 0, ROWS + 1);
    assertThat(rows).hasSize(ROWS);
    for (MemoryEntry row : rows) {
      int number = Integer.parseInt(row.id().substring("row".length()));
      var metadata = MetadataJson.objectOrEmpty(row.metadata());
      assertThat(metadata.path("count").asInt()).as(row.id()).isEqualTo(acknowledged[number]);
      assertThat(row.version()).as(row.id()).isEqualTo(1L + ours + acknowledged[number]);
      assertThat(metadata.has("upgraded_at")).as(row.id()).isEqualTo(ours == 1);
    }
  }

  /** An agent that counts in rows, each in a transaction, and connects anew where it must. */
  private Object count(PostgresPair pair) throws InterruptedException {
    Random random = new Random(7);
    while (!enough) {
      try (Connection connection = pair.connect();
          PreparedStatement read =
              connection.prepareStatement(
                  "SELECT CAST(metadata ->> 'count' AS int) FROM memories WHERE id = ? FOR UPDATE");
          PreparedStatement write =
              connection.prepareStatement(
                  "UPDATE memories SET metadata = jsonb_set(metadata, '{count}', to_jsonb(?))"
                      + " WHERE id = ?")) {
        connection.setAutoCommit(false);
        settle(connection, read);
        while (!enough) {
          int row = random.nextInt(ROWS);
          write.setInt(1, counted(read, row) + 1);
          write.setString(2, id(row));
          write.executeUpdate();
          unsure = row;
          connection.commit();
          acknowledged[row]++;
          unsure = -1;
        }
      } catch (SQLException lost) {
        Thread.sleep(20);
      }
    }
    return acknowledged;
  }

  private int unsure = -1;

  private int counted(PreparedStatement read, int row) throws SQLException {
    read.setString(1, id(row));
    try (ResultSet found = read.executeQuery()) {
      found.next();
      return found.getInt(1);
    }
  }

  /** A commit without an answer: the row tells whether it was. */
  private void settle(Connection connection, PreparedStatement read) throws SQLException {
    if (unsure >= 0) {
      acknowledged[unsure] = Math.max(acknowledged[unsure], counted(read, unsure));
      connection.commit();
      unsure = -1;
    }
  }
}
