package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.python.PythonAgent;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.batch.PatchReport;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.schema.StoreForm;
import dev.memoryconsole.testing.Entries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that other programs made: looked at without a trace, and adopted by the first write. */
@Tag("slow")
class SqliteForeignFileTest {
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);
  private static final String TABLE =
      "CREATE TABLE memories (id TEXT PRIMARY KEY, text TEXT, category TEXT, scope TEXT,"
          + " importance REAL, timestamp INTEGER, metadata TEXT)";
  private static final String NEW =
      "{\"memory_category\":\"cases\",\"l0_abstract\":\"a tunnel\",\"source\":\"manual\"}";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("theirs.db");
  }

  private Connection raw() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = raw();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }

  private String value(String sql) throws SQLException {
    try (Connection connection = raw();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  private void rows(int count) throws SQLException {
    sql(
        TABLE,
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + (count - 1)
            + ") INSERT INTO memories SELECT 'm' || i, 'text of a bridge ' || i,"
            + " CASE i % 3 WHEN 0 THEN 'fact' WHEN 1 THEN 'entity' END,"
            + " CASE i % 2 WHEN 0 THEN 'global' END, i / 7.0, 1000000000000 + i,"
            + " CASE i % 5 WHEN 0 THEN '"
            + NEW
            + "' WHEN 1 THEN '{\"memory_category\":\"cases\"}' WHEN 2 THEN 'no json' WHEN 3 THEN"
            + " '{\"memory_category\":\"cases\",\"upgrade_error\":\"x\",\"upgraded_by\":\"simple\"}'"
            + " END FROM n");
  }

  /** Everything a console does to look at a store. */
  private static List<Object> lookAtEverything(SqliteStore store) {
    List<Object> seen = new ArrayList<>();
    StoreStats stats = store.stats();
    seen.add(stats);
    for (EntryQuery query :
        List.of(
            EntryQuery.ALL,
            EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY)),
            EntryQuery.ALL.withStates(Set.of(MemoryState.UPGRADED)),
            EntryQuery.ALL.withStates(Set.of(MemoryState.FALLBACK)),
            EntryQuery.ALL.withScopes(Set.of("")),
            EntryQuery.ALL.withCategories(Set.of("fact")).withStates(Set.of(MemoryState.LEGACY)),
            EntryQuery.ALL.withWords("TUNNEL a"),
            EntryQuery.ALL.withWords("bridge 1"),
            EntryQuery.ALL.withWords("1").sortedBy(EntryQuery.Sort.TEXT, true),
            EntryQuery.ALL.withIds(Set.of("m1", "m4")),
            EntryQuery.ALL.onlyRetryable().sortedBy(EntryQuery.Sort.ID, true),
            EntryQuery.ALL.onlyStamped().sortedBy(EntryQuery.Sort.IMPORTANCE, false),
            EntryQuery.ALL.sortedBy(EntryQuery.Sort.SCOPE, true))) {
      seen.add(store.count(query));
      seen.add(store.ids(query, Integer.MAX_VALUE));
      store.page(query, 0, 20).forEach(row -> seen.add(Entries.withMetadata(row, "").text()));
    }
    return seen;
  }

  private void adopt(SqliteStore store) throws InterruptedException {
    store.patch(List.of(), Patches.of(row -> "{}"), PURPOSE);
  }

  private void awaitAdopted() {
    await()
        .until(
            () -> {
              try (Connection connection = raw()) {
                return StoreForm.of(connection) == StoreForm.WHOLE;
              }
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void lookingChangesNothing(String journal) throws Exception {
    rows(60);
    sql(
        "ALTER TABLE memories ADD COLUMN version TEXT DEFAULT '1.0'",
        "CREATE TRIGGER memories_after_update AFTER UPDATE ON memories BEGIN SELECT 1; END",
        "PRAGMA journal_mode = " + journal);
    byte[] before = Files.readAllBytes(file);
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(store.stats().total()).isEqualTo(60);
      assertThat(lookAtEverything(store)).isNotEmpty();
      assertThat(store.find(List.of("m3"))).hasSize(1);
      assertThat(store.remarks()).isEmpty();
      assertThat(store.writeRefusal()).isPresent();
      store.otherWriters();
      store.snapshotTo(folder.resolve("copy.db"), SnapshotProgress.NONE);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(value("PRAGMA journal_mode")).isEqualToIgnoringCase(journal);
  }

  @Test
  void whatAKilledAgentLeftInItsLogStaysThere() throws Exception {
    rows(20);
    sql("PRAGMA journal_mode = WAL");
    Path log = folder.resolve("theirs.db-wal");
    byte[] left;
    byte[] kept;
    try (Connection agent = raw();
        Statement statement = agent.createStatement()) {
      statement.executeUpdate("UPDATE memories SET text = 'a canal' WHERE id = 'm7'");
      left = Files.readAllBytes(log);
      kept = Files.readAllBytes(file);
    }
    Files.write(file, kept);
    Files.write(log, left);
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(store.ids(EntryQuery.ALL.withWords("canal"), 9)).containsExactly("m7");
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(kept);
    assertThat(Files.readAllBytes(log)).isEqualTo(left);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " WITHOUT ROWID"})
  void aScanSeesWhatTheIndexesSeeLater(String kind) throws Exception {
    rows(60);
    if (!kind.isEmpty()) {
      sql(
          "ALTER TABLE memories RENAME TO before",
          TABLE.replace("PRIMARY KEY", "PRIMARY KEY NOT NULL") + kind,
          "INSERT INTO memories SELECT * FROM before",
          "DROP TABLE before");
    }
    try (SqliteStore store = SqliteStore.open(file)) {
      List<Object> scanned = lookAtEverything(store);
      adopt(store);
      awaitAdopted();
      await().untilAsserted(() -> assertThat(lookAtEverything(store)).isEqualTo(scanned));
      assertThat(store.find(List.of("m1")).getFirst().version()).isEqualTo(1);
    }
    assertThat(value("PRAGMA journal_mode")).isEqualTo("wal");
    assertThat(value("PRAGMA integrity_check")).isEqualTo("ok");
  }

  @Test
  void aFileWithoutALogIsReadInPiecesAndSeenAsOthersAre() throws Exception {
    rows(900);
    sql(
        "DELETE FROM memories WHERE _rowid_ BETWEEN 300 AND 700",
        "UPDATE memories SET _rowid_ = -5 WHERE id = 'm3'",
        "UPDATE memories SET _rowid_ = 9223372036854775807 WHERE id = 'm4'",
        "UPDATE memories SET timestamp = 5 WHERE id = 'm6'");
    Path logged = Files.copy(file, folder.resolve("logged.db"));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + logged);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
    }
    try (SqliteStore inPieces = SqliteStore.open(file);
        SqliteStore whole = SqliteStore.open(logged)) {
      assertThat(lookAtEverything(inPieces)).isEqualTo(lookAtEverything(whole));
    }
  }

  @Test
  void whoReadsAFileWithoutALogLetsOthersWriteMeanwhile() throws Exception {
    rows(20_000);
    try (SqliteStore store = SqliteStore.open(file);
        PythonAgent agent = PythonAgent.on(file)) {
      agent.tell("flood", "agent", 5);
      await().until(() -> written(agent) > 0);
      int before = written(agent);
      assertThat(store.stats().total()).isGreaterThanOrEqualTo(20_000);
      int afterTotals = written(agent);
      assertThat(store.page(EntryQuery.ALL.withWords("bridge 1999"), 0, 99)).hasSize(12);
      int afterSearch = written(agent);
      // A commit waits for who reads: none would come while one read goes on.
      assertThat(afterTotals - before).isGreaterThan(3);
      assertThat(afterSearch - afterTotals).isGreaterThan(3);
    }
  }

  private static int written(PythonAgent agent) throws IOException {
    return Integer.parseInt(agent.tell("written").replace("written ", ""));
  }

  @Test
  void adoptionGoesOnAfterItEndedInTheMiddle() throws Exception {
    rows(6_000);
    try (SqliteStore store = SqliteStore.open(file)) {
      store.patch(List.of("m5"), Patches.of(row -> NEW), PURPOSE);
    }
    // As an agent does in the meantime.
    sql(
        "UPDATE memories SET text = 'a canal', metadata = NULL WHERE id = 'm4711'",
        "UPDATE memories SET metadata = '" + NEW + "' WHERE id = 'm4712'",
        "DELETE FROM memories WHERE id = 'm4713'",
        "INSERT INTO memories (id, text) VALUES ('new', 'a canal')");
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(store.stats().total()).isEqualTo(6_000);
      assertThat(store.ids(EntryQuery.ALL.withWords("canal"), 9))
          .containsExactlyInAnyOrder("m4711", "new");
      awaitAdopted();
      await()
          .untilAsserted(
              () ->
                  assertThat(store.ids(EntryQuery.ALL.withWords("canal"), 9))
                      .containsExactlyInAnyOrder("m4711", "new"));
      assertThat(store.count(EntryQuery.ALL.withWords("bridge 4712"))).isEqualTo(1);
      assertThat(store.stats().total()).isEqualTo(6_000);
    }
    assertThat(
            value(
                "SELECT count(*) FROM memories_doc d JOIN memories_derived v USING (id)"
                    + " WHERE d.flags IS NOT v.flags OR d.abstract IS NOT v.abstract"))
        .isEqualTo("0");
    assertThat(value("SELECT count(*) FROM memories_text_fts('bridge')")).isEqualTo("5998");
  }

  @Test
  void namesOfOthersAreNeverTaken() throws Exception {
    rows(5);
    sql(
        "CREATE TABLE memories_doc (id TEXT, mine TEXT)",
        "CREATE TABLE log (x)",
        "CREATE TRIGGER memories_after_insert AFTER INSERT ON memories BEGIN"
            + " INSERT INTO log VALUES (1); END",
        "CREATE VIEW memories_derived AS SELECT 1");
    byte[] before = Files.readAllBytes(file);
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(store.stats().total()).isEqualTo(5);
      assertThatThrownBy(() -> store.patch(List.of("m1"), Patches.of(row -> "{}"), PURPOSE))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("the table memories_doc")
          .hasMessageContaining("the trigger memories_after_insert")
          .hasMessageContaining("the view memories_derived")
          .hasMessageContaining("nothing was changed");
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aVersionOfAnothersMakingIsNotRewritten() throws Exception {
    rows(3);
    sql("ALTER TABLE memories ADD COLUMN version TEXT DEFAULT '1.0'");
    byte[] before = Files.readAllBytes(file);
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThatThrownBy(
              () ->
                  store.insert(
                      List.of(new MemoryEntry("x", "", null, null, null, null, null, 0)),
                      ExistingRows.SKIP))
          .hasMessageContaining("a column version")
          .hasMessageContaining("nothing was changed");
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void formatsThatAnotherProgramNumbersStayNumbered() throws Exception {
    rows(3);
    sql("PRAGMA user_version = 7");
    try (SqliteStore store = SqliteStore.open(file)) {
      adopt(store);
      awaitAdopted();
    }
    assertThat(value("PRAGMA user_version")).isEqualTo("7");
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(store.writeRefusal()).isEmpty();
      assertThat(store.stats().total()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UUID", "INTEGER", "NUMERIC", "FLOAT", "BOOLEAN"})
  void idsThatWouldBecomeNumbersAreRefused(String type) throws Exception {
    sql(TABLE.replace("id TEXT", "id " + type));
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> SqliteStore.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has the type " + type)
        .hasMessageContaining("nothing was changed");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aDamagedFileStaysAsItIs() throws Exception {
    rows(3_000);
    byte[] bytes = Files.readAllBytes(file);
    int page = bytes.length / 8192 * 4096;
    Arrays.fill(bytes, page, page + 8192, (byte) 0xAA);
    Files.write(file, bytes);
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThatThrownBy(store::stats).hasMessageContaining("is damaged; nothing was changed");
      assertThatThrownBy(() -> store.patch(List.of("m1"), Patches.of(row -> "{}"), PURPOSE))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("is damaged; nothing was changed");
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void aTriggerThatNeedsAnExtensionIsNamedAndReadingGoesOn() throws Exception {
    rows(3);
    sql(
        "CREATE TRIGGER embed AFTER UPDATE ON memories BEGIN SELECT embedding_of(new.text); END",
        "CREATE TRIGGER audit AFTER DELETE ON memories BEGIN SELECT 1; END");
    byte[] before = Files.readAllBytes(file);
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(store.page(EntryQuery.ALL, 0, 9)).hasSize(3);
      assertThat(store.remarks()).singleElement().asString().contains("audit, embed");
      assertThatThrownBy(() -> store.patch(List.of("m1"), Patches.of(row -> "{}"), PURPOSE))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("embed")
          .hasMessageContaining("no such function: embedding_of")
          .hasMessageContaining("nothing was changed");
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aTriggerThatNeverEndsCostsOnlyItsRow() throws Exception {
    rows(3);
    sql(
        "CREATE TRIGGER forever AFTER UPDATE ON memories WHEN new.id = 'm1' BEGIN"
            + " SELECT (WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
            + " SELECT count(*) FROM c); END");
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThatThrownBy(() -> store.patch(List.of("m1"), Patches.of(row -> NEW), PURPOSE))
          .isInstanceOf(StoreException.class)
          .isNotInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("was given up after 2 s")
          .hasMessageContaining("forever");
      store.patch(List.of("m2"), Patches.of(row -> NEW), PURPOSE);
      assertThat(value("SELECT metadata FROM memories WHERE id = 'm1'")).isNotEqualTo(NEW);
      assertThat(value("SELECT metadata FROM memories WHERE id = 'm2'")).isEqualTo(NEW);
    }
  }

  @Test
  void rowsThatNoStringHoldsAreNamedAndLeft() throws Exception {
    sql(
        "CREATE TABLE memories (id TEXT PRIMARY KEY, text, category, scope, importance, timestamp,"
            + " metadata)",
        "INSERT INTO memories (id, text, metadata) VALUES ('blob', 'a', CAST('{}' AS BLOB)),"
            + " ('bad', 'b', CAST(x'7B2261223A22FF227D' AS TEXT)), ('number', 'c', 5),"
            + " (CAST(x'61FF' AS TEXT), 'd', '{}'), (x'4142', 'e', '{}'), (NULL, 'f', '{}'),"
            + " (NULL, 'g', '{}'), ('text', CAST(x'ED A0 80' AS TEXT), NULL), ('fine', '\uFFFD', '{}')"
                .replace("x'ED A0 80'", "x'EDA080'"));
    String all =
        "SELECT group_concat(hex(id) || typeof(id) || hex(text) || hex(metadata)"
            + " || typeof(metadata)) FROM memories WHERE id IS NOT 'fine'";
    String before = value(all);
    try (SqliteStore store = SqliteStore.open(file)) {
      for (int look = 0; look < 2; look++) {
        List<String> ids = store.ids(EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY)), 99);
        assertThat(ids)
            .hasSize(look == 0 ? 9 : 8)
            .contains("blob", "bad", "number", "x'61FF'", "x'4142'", "row 6", "row 7", "text");
        assertThat(store.stats().total()).isEqualTo(9);
        assertThat(store.page(EntryQuery.ALL, 0, 99)).hasSize(9);
        assertThat(store.count(EntryQuery.ALL.withIds(Set.of("row 6", "x'61FF'", "fine"))))
            .isEqualTo(3);
        assertThat(store.find(ids).stream().map(MemoryEntry::id)).containsExactlyElementsOf(ids);
        PatchReport report = store.patch(ids, Patches.of(row -> NEW), PURPOSE);
        assertThat(report.results().values())
            .filteredOn(PatchResult.Unwritable.class::isInstance)
            .hasSize(8);
        store.swap("x'61FF'", Patches.of(row -> NEW), PURPOSE);
      }
      assertThat(value("SELECT metadata FROM memories WHERE id = 'fine'")).isEqualTo(NEW);
      assertThat(value(all)).isEqualTo(before);
    }
  }
}
