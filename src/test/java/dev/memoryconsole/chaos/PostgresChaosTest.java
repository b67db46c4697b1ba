package dev.memoryconsole.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two consoles and four agents on one table, with kills, stops, a locked journal and a server that
 * ends connections, in mid-commit as well: no acknowledged write is lost, and nothing is half
 * merged. Seeded as {@link ChaosTest}.
 */
@Tag("crash")
class PostgresChaosTest {
  private static final int AGENTS = 4;
  private static final int ROWS = 60;

  @TempDir private Path folder;

  @Test
  void nothingIsLostInHalfAMinute() throws Exception {
    play(25, Long.getLong("chaos.seed", 20_261_129L));
  }

  @Test
  @Tag("long")
  void nothingIsLostInTwentyMinutes() throws Exception {
    play(Integer.getInteger("chaos.seconds", 1_200), Long.getLong("chaos.seed", 7L));
  }

  private void play(int seconds, long seed) throws Exception {
    PostgresServer server = PostgresServer.shared();
    String database = server.newDatabase();
    String passwords = server.passwords().toString();
    System.setProperty(PostgresServer.PASSWORD_FILE, passwords);
    try {
      playOn(server, database, seconds, seed);
    } finally {
      System.clearProperty(PostgresServer.PASSWORD_FILE);
      server.drop(database);
    }
  }

  private void playOn(PostgresServer server, String database, int seconds, long seed)
      throws Exception {
    server.makeTable(database, "jsonb").close();
    server.execute(
        database,
        "INSERT INTO memories (id, text, category, scope, importance, timestamp, metadata)"
            + " SELECT 'r' || i, 'I prefer note ' || i || '.', 'preference', 'global', 0.5,"
            + " 1735000000000 + i, '{}' FROM generate_series(0, "
            + (ROWS - 1)
            + ") AS i");
    String url = server.url(database);
    Path workspace = folder.resolve("workspace");
    WindowActor window =
        new WindowActor(StoreLocation.parse(url).orElseThrow(), workspace, folder, seed);
    String passwords = "-D" + PostgresServer.PASSWORD_FILE + "=" + server.passwords();
    OtherConsole other =
        new OtherConsole(url, List.of(passwords), workspace, folder.resolve("other.log"), seed + 1);
    Random dice = new Random(seed + 2);
    List<PostgresAgent> agents = new ArrayList<>();
    int[] ended = {0};
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try (ExecutorService actors = Executors.newFixedThreadPool(4 + AGENTS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < AGENTS; i++) {
        PostgresAgent agent = new PostgresAgent(server, database, i, ROWS, seed * 31 + i);
        agents.add(agent);
        running.add(actors.submit(() -> ChaosTest.until(end, agent::visit)));
      }
      running.add(actors.submit(() -> ChaosTest.until(end, window::visit)));
      running.add(actors.submit(() -> ChaosTest.until(end, other::runOne)));
      running.add(
          actors.submit(
              () ->
                  ChaosTest.until(
                      end, () -> ChaosTest.lockJournal(workspace.resolve("journal.db"), dice))));
      running.add(
          actors.submit(
              () -> ChaosTest.until(end, () -> ended[0] += endConnections(server, database))));
      for (Future<?> actor : running) {
        actor.get();
      }
    }
    window.finish();
    List<Acknowledged> writes = agents.stream().flatMap(agent -> agent.writes().stream()).toList();
    Oracle oracle = new Oracle();
    List<String> violations = oracle.violations(writes, rows(server, database));
    System.out.printf(
        "chaos on PostgreSQL: seed %d, %d s: %d writes of agents, %d of them uncertain, %d looked"
            + " for; %d connections ended; window: %s; other: %s%n",
        seed,
        seconds,
        writes.size(),
        writes.stream().filter(write -> !write.certain()).count(),
        oracle.checked(),
        ended[0],
        window.counts(),
        other.counts());
    assertThat(violations).isEmpty();
    assertThat(writes).hasSizeGreaterThan(seconds);
  }

  /** One of all that are connected, whatever they do: what is not committed is rolled back. */
  private static int endConnections(PostgresServer server, String database)
      throws SQLException, InterruptedException {
    TimeUnit.MILLISECONDS.sleep(150);
    try (Connection connection = server.connect(PostgresServer.ADMIN, PostgresServer.ADMIN);
        Statement statement = connection.createStatement();
        ResultSet ended =
            statement.executeQuery(
                "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity"
                    + " WHERE datname = '"
                    + database
                    + "' ORDER BY state = 'idle', random() LIMIT 1) AS one")) {
      ended.next();
      return ended.getInt(1);
    }
  }

  private static Map<String, Oracle.Row> rows(PostgresServer server, String database)
      throws SQLException {
    Map<String, Oracle.Row> rows = new HashMap<>();
    try (Connection connection = server.connect(PostgresServer.ADMIN, database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id, text, metadata FROM memories")) {
      while (row.next()) {
        rows.put(row.getString(1), Oracle.Row.of(row.getString(2), row.getString(3)));
      }
    }
    return rows;
  }
}
