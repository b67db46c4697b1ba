package dev.memoryconsole.crash.anytime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.postgres.PostgresServer;
import dev.memoryconsole.testing.OtherJava;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The app is killed while it works on a table, again and again, and an agent counts in every row.
 */
@Tag("crash")
class PostgresKillTest {
  private static final int ROWS = 240;

  @TempDir private Path folder;
  private PostgresServer server;
  private String database;
  private final AtomicIntegerArray counted = new AtomicIntegerArray(ROWS);
  private volatile boolean enough;

  @BeforeEach
  void makeTable() throws SQLException {
    server = PostgresServer.shared();
    database = server.newDatabase();
    server.makeTable(database).close();
    try (Connection agent = server.connect(PostgresServer.ADMIN, database);
        PreparedStatement insert =
            agent.prepareStatement(
                "INSERT INTO memories (id, text, category, scope, timestamp, metadata)"
                    + " VALUES (?, ?, 'fact', 'global', 1700000000000, '{ \"count\": 0 }')")) {
      for (int row = 0; row < ROWS; row++) {
        insert.setString(1, id(row));
        insert.setString(2, "The text of " + row);
        insert.executeUpdate();
      }
    }
  }

  @AfterEach
  void drop() {
    server.drop(database);
  }

  private static String id(int row) {
    return "row" + row;
  }

  @Test
  void fiveKillsLoseNothing() throws Exception {
    kill(5);
  }

  @Test
  @Tag("long")
  void thirtyKillsLoseNothing() throws Exception {
    kill(30);
  }

  private void kill(int times) throws Exception {
    Random random = new Random(times);
    int killed = 0;
    try (ExecutorService agents = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> agent = agents.submit(this::count);
      boolean done = false;
      while (!done) {
        // Of the milliseconds that 240 rows take in 48 commits.
        long patience = killed < times ? random.nextInt(10, 400) : Long.MAX_VALUE;
        done = !KilledProgram.killedAfter(program(), patience);
        killed += done ? 0 : 1;
        whatIsWrittenIsWholeAndWrittenOnce();
      }
      enough = true;
      agent.get();
    }
    assertThat(killed).isPositive();
    assertThat(rows()).hasSize(ROWS).allMatch(row -> LegacyRule.stateOf(row) != MemoryState.LEGACY);
    for (MemoryEntry row : rows()) {
      int number = Integer.parseInt(row.id().substring("row".length()));
      assertThat(MetadataJson.objectOrEmpty(row.metadata()).path("count").asInt())
          .isEqualTo(counted.get(number));
      // One when it was added, one for each count, and one of ours, however often we were killed.
      assertThat(row.version()).isEqualTo(2L + counted.get(number));
    }
    undoTakesBackOursAlone();
  }

  /** Until nobody is killed any more: reads a row with its lock, counts, and commits. */
  private Object count() throws SQLException {
    Random random = new Random(7);
    try (Connection agent = server.connect(PostgresServer.ADMIN, database);
        PreparedStatement read =
            agent.prepareStatement("SELECT metadata FROM memories WHERE id = ? FOR UPDATE");
        PreparedStatement write =
            agent.prepareStatement("UPDATE memories SET metadata = ? WHERE id = ?")) {
      agent.setAutoCommit(false);
      while (!enough) {
        int row = random.nextInt(ROWS);
        read.setString(1, id(row));
        try (var found = read.executeQuery()) {
          found.next();
          var object = MetadataJson.objectOrEmpty(found.getString(1));
          object.put("count", object.path("count").asInt() + 1);
          write.setString(1, MetadataJson.write(object));
        }
        write.setString(2, id(row));
        write.executeUpdate();
        agent.commit();
        counted.incrementAndGet(row);
      }
    }
    return counted;
  }

  private List<MemoryEntry> rows() {
    try (MemoryStore store = server.openTable(database)) {
      return store.page(EntryQuery.ALL, 0, ROWS + 1);
    }
  }

  /** A row is without any of ours or carries the whole upgrade. */
  private void whatIsWrittenIsWholeAndWrittenOnce() {
    for (MemoryEntry row : rows()) {
      if (String.valueOf(row.metadata()).contains("\"upgraded_at\"")) {
        assertThat(row.metadata()).contains("\"l2_content\"", "\"memory_category\"");
      } else {
        assertThat(row.metadata()).doesNotContain("l2_content", "memory_category");
      }
    }
  }

  private void undoTakesBackOursAlone() throws Exception {
    try (var upgrades =
        new UpgradeService(
            server.openTable(database),
            new SqliteJournal(folder.resolve("workspace").resolve("journal.db")),
            new SimpleEnricher(),
            Clock.systemUTC())) {
      upgrades.undo(1, List.of(), UpgradeOptions.DEFAULT.withSnapshot(false)).await();
    }
    for (MemoryEntry row : rows()) {
      int number = Integer.parseInt(row.id().substring("row".length()));
      assertThat(MetadataJson.objectOrEmpty(row.metadata()))
          .isEqualTo(MetadataJson.objectOrEmpty("{\"count\":" + counted.get(number) + "}"));
    }
  }

  private ProcessBuilder program() throws IOException {
    Path workspace = Files.createDirectories(folder.resolve("workspace"));
    ProcessBuilder builder =
        new ProcessBuilder(
            OtherJava.command(
                List.of("-Xmx256m"),
                PostgresCrashMain.class.getName(),
                server.url(database),
                workspace));
    builder.environment().put("PGPASSWORD", PostgresServer.PASSWORD);
    return builder;
  }
}
