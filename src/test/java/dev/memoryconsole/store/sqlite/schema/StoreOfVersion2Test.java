package dev.memoryconsole.store.sqlite.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.RestoreGuard;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.OtherJava;
import dev.memoryconsole.testing.Sql;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store of version 2, whose text index had every text a second time. */
@Tag("slow")
class StoreOfVersion2Test {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);
  private static final int ROWS = 3_000;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void make() throws Exception {
    file = folder.resolve("before.db");
    Sql.run(file, "PRAGMA journal_mode = WAL");
    script("schema-2.sql");
    Sql.run(
        file,
        "PRAGMA user_version = 2",
        "PRAGMA application_id = " + Schema.APPLICATION_ID,
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + (ROWS - 1)
            + ") INSERT INTO memories (id, text, metadata) SELECT 'm' || i, 'Straße and bridge '"
            + " || i || '.', '{\"l0_abstract\":\"river ' || i || '\"}' FROM n",
        "INSERT OR REPLACE INTO memories (id, text) VALUES ('m7', 'A canal.'), ('m8', '')");
  }

  private void script(String name) throws IOException, SQLException {
    try (InputStream script = SqliteStore.class.getResourceAsStream(name);
        Connection connection = Sql.connect(file);
        Statement statement = connection.createStatement()) {
      // All of the script, which execute() would not do.
      statement.executeUpdate(
          new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static void write(SqliteStore store) throws InterruptedException {
    store.patch(List.of("m5"), Patches.of(row -> "{}"), PURPOSE);
  }

  private static void assertThatItIsSearched(SqliteStore store) {
    for (String word : List.of("bridge", "ß", "an", "Straße", "dge 2999")) {
      assertThat(store.ids(EntryQuery.ALL.withWords(word), 2 * ROWS)).as(word).isNotEmpty();
    }
    assertThat(store.count(EntryQuery.ALL.withWords("bridge"))).isEqualTo(ROWS - 2);
    assertThat(store.count(EntryQuery.ALL.withWords("e "))).isPositive();
    assertThat(store.ids(EntryQuery.ALL.withWords("canal"), 9)).containsExactly("m7");
    assertThat(store.ids(EntryQuery.ALL.withWords("2711"), 9)).containsExactly("m2711");
    assertThat(store.stats().total()).isEqualTo(ROWS);
  }

  private boolean isOfNow() throws SQLException {
    try (Connection connection = Sql.connect(file)) {
      return StoreForm.of(connection) == StoreForm.WHOLE
          && !StoreForm.keepsTextsTwice(connection)
          && TextIndexForm.remains(connection).isEmpty();
    }
  }

  private void assertThatAllIsRight() throws SQLException {
    Sql.run(
        file,
        "INSERT INTO memories_text_fts (memories_text_fts, rank) VALUES ('integrity-check', 1)");
    assertThat(Sql.value(file, "PRAGMA integrity_check")).isEqualTo("ok");
    assertThat(Sql.number(file, "SELECT count(*) FROM memories_text_fts_docsize"))
        .isEqualTo(Sql.number(file, "SELECT count(*) FROM memories WHERE text <> ''"));
    assertThat(Sql.number(file, "PRAGMA user_version")).isEqualTo(3);
  }

  @Test
  void isLookedAtAsItIsAndBroughtUpByTheFirstWrite() throws Exception {
    long pages = Sql.number(file, "PRAGMA page_count");
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThatItIsSearched(store);
      assertThat(Sql.number(file, "PRAGMA user_version")).isEqualTo(2);
    }
    assertThat(
            Sql.value(file, "SELECT sql FROM sqlite_schema WHERE name = 'memories_text_fts'")
                .contains("memories_texts"))
        .isFalse();
    try (SqliteStore store = SqliteStore.open(file)) {
      write(store);
      assertThat(Sql.number(file, "PRAGMA user_version")).isEqualTo(3);
      assertThatItIsSearched(store);
      await().atMost(LONG).until(this::isOfNow);
      assertThatItIsSearched(store);
    }
    assertThatAllIsRight();
    assertThat(Sql.number(file, "PRAGMA page_count")).isLessThan(pages + 10);
  }

  @Test
  void isThenWhatANewStoreIs() throws Exception {
    try (SqliteStore store = SqliteStore.open(file)) {
      write(store);
      await().atMost(LONG).until(this::isOfNow);
    }
    Path made = folder.resolve("new.db");
    SqliteStore.create(made).close();
    String schema = "SELECT type || ' ' || name, sql FROM sqlite_schema";
    assertThat(Sql.pairs(file, schema)).isEqualTo(Sql.pairs(made, schema));
  }

  @Test
  void whoHasItOpenGoesOn() throws Exception {
    try (Connection agent = Sql.connect(file);
        PreparedStatement update =
            agent.prepareStatement("UPDATE memories SET text = ? WHERE id = ?");
        PreparedStatement replace =
            agent.prepareStatement("INSERT OR REPLACE INTO memories (id, text) VALUES (?, ?)");
        SqliteStore store = SqliteStore.open(file)) {
      for (int i = 0; i < 200; i++) {
        update.setString(1, "An aqueduct " + i + ".");
        update.setString(2, "m" + (100 + i));
        assertThat(update.executeUpdate()).isEqualTo(1);
        replace.setString(1, "m" + (500 + i));
        replace.setString(2, "An aqueduct " + i + ".");
        assertThat(replace.executeUpdate()).isEqualTo(1);
        if (i == 100) {
          write(store);
        }
      }
      assertThat(store.count(EntryQuery.ALL.withWords("aqueduct"))).isEqualTo(400);
      assertThat(store.count(EntryQuery.ALL.withWords("bridge"))).isEqualTo(ROWS - 402);
      await().atMost(LONG).until(this::isOfNow);
    }
    assertThatAllIsRight();
  }

  @Test
  void whatSomebodyElseCallsSoStays() throws Exception {
    Path theirs = folder.resolve("theirs.db");
    Sql.run(
        theirs,
        Sql.THEIR_TABLE,
        "CREATE TABLE memories_text_fts_content (id INTEGER PRIMARY KEY, theirs)",
        "INSERT INTO memories (id, text) VALUES ('m5', 'A bridge.')",
        "INSERT INTO memories_text_fts_content (theirs) VALUES ('a')");
    try (SqliteStore store = SqliteStore.open(theirs)) {
      write(store);
      await()
          .untilAsserted(
              () -> assertThat(store.count(EntryQuery.ALL.withWords("bridge"))).isEqualTo(1));
      try (Connection connection = Sql.connect(theirs)) {
        assertThat(TextIndexForm.remains(connection)).isEmpty();
      }
    }
    assertThat(Sql.value(theirs, "SELECT theirs FROM memories_text_fts_content")).isEqualTo("a");
  }

  @Test
  void whatIsTakenBackLeavesItAsItWas() throws Exception {
    String update = "UPDATE memories SET text = text || ' more' WHERE id < 'm2'";
    String sound = "INSERT INTO memories_text_fts (memories_text_fts) VALUES ('integrity-check')";
    try (Connection connection = Sql.connect(file);
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      SchemaBuilder.bringUp(connection);
      statement.execute("ROLLBACK");
      statement.execute(update);
      statement.execute(sound);
      assertThat(StoreForm.keepsTextsTwice(connection)).isTrue();
      statement.execute("BEGIN IMMEDIATE");
      SchemaBuilder.bringUp(connection);
      statement.execute(update);
      statement.execute("COMMIT");
      statement.execute(update);
    }
    assertThatAllIsRight();
  }

  @Test
  void aSnapshotOfItIsRestored() throws Exception {
    Path snapshot = folder.resolve("snapshot.db");
    Files.copy(file, snapshot);
    try (SqliteStore store = SqliteStore.open(file)) {
      write(store);
      Sql.run(file, "DELETE FROM memories WHERE id > 'm2'");
      store.restoreFrom(
          snapshot, folder.resolve("safety.db"), RestoreGuard.NONE, SnapshotProgress.NONE);
      assertThatItIsSearched(store);
    }
    assertThatAllIsRight();
  }

  @Test
  void whatWasBeingMendedIsMendedAnew() throws Exception {
    for (String trigger : Schema.TRIGGERS_OF_BEFORE) {
      Sql.run(file, "DROP TRIGGER " + trigger);
    }
    // Half of them before the place that was reached.
    Sql.run(file, "UPDATE memories SET text = 'A lake.' WHERE id LIKE '%9'");
    script("schema-2.sql");
    Sql.run(
        file,
        "CREATE TABLE memories_mend (stage INTEGER NOT NULL, place, next)",
        "INSERT INTO memories_mend VALUES (1, 'm5', 'm5')");
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(store.count(EntryQuery.ALL.withWords("lake"))).isEqualTo(ROWS / 10);
      write(store);
      await().atMost(LONG).until(this::isOfNow);
      await()
          .untilAsserted(
              () -> assertThat(store.count(EntryQuery.ALL.withWords("lake"))).isEqualTo(ROWS / 10));
      assertThat(store.count(EntryQuery.ALL.withWords("bridge"))).isEqualTo(ROWS * 9 / 10 - 2);
    }
    assertThatAllIsRight();
  }

  @Test
  void oneThatLostItsTriggersIsMendedWithoutItsTexts() throws Exception {
    Sql.run(
        file,
        "DROP TRIGGER memories_after_text",
        "UPDATE memories SET text = 'A lake.' WHERE id LIKE '%9'",
        // Somebody's, which can't be compiled.
        "CREATE VIEW broken AS SELECT gone FROM nowhere");
    try (SqliteStore store = SqliteStore.open(file)) {
      write(store);
      await().atMost(LONG).until(this::isOfNow);
      await()
          .untilAsserted(
              () -> assertThat(store.count(EntryQuery.ALL.withWords("lake"))).isEqualTo(ROWS / 10));
    }
    assertThatAllIsRight();
  }

  /** What a program of version 2 refuses: it looks for these words under this name. */
  @Test
  void aProgramOfBeforeDoesNotMendWhatItDoesNotKnow() throws Exception {
    assertThat(Schema.textIndex().replaceAll("\\s+", " "))
        .containsIgnoringCase("using fts5(")
        .doesNotContainIgnoringCase("using fts5(text");
    assertThat(Schema.TRIGGERS).doesNotContainSequence(Schema.TRIGGERS_OF_BEFORE);
    assertThat(Schema.TRIGGERS).doesNotContain("memories_after_text");
  }

  @Tag("crash")
  @Test
  void killedAtAnyMomentItIsAWholeStore() throws Exception {
    for (int kill = 0; kill < 8; kill++) {
      Process other = OtherJava.start(StoreOfVersion2Test.class, file);
      try (BufferedReader says = other.inputReader(StandardCharsets.UTF_8)) {
        assertThat(says.readLine()).isEqualTo("open");
        // From before the first write to the middle of what is taken away after it.
        other.waitFor(5L + 60L * kill, TimeUnit.MILLISECONDS);
      } finally {
        other.destroyForcibly().onExit().join();
      }
      assertThat(Sql.value(file, "PRAGMA quick_check")).isEqualTo("ok");
      Sql.run(file, "INSERT OR REPLACE INTO memories (id, text) VALUES ('m7', 'A canal.')");
      try (Connection connection = Sql.connect(file)) {
        assertThat(StoreForm.of(connection)).isEqualTo(StoreForm.WHOLE);
      }
    }
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThatItIsSearched(store);
      write(store);
      await().atMost(LONG).until(this::isOfNow);
      assertThatItIsSearched(store);
    }
    assertThatAllIsRight();
  }

  /** The process that is killed. */
  public static void main(String[] arguments) throws InterruptedException, IOException {
    try (SqliteStore store = SqliteStore.open(Path.of(arguments[0]))) {
      System.out.println("open");
      write(store);
      System.in.read();
    }
  }
}
