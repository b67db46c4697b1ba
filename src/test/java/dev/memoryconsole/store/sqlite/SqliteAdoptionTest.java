package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.schema.StoreForm;
import dev.memoryconsole.testing.Sql;
import java.nio.file.Files;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first write adopts the file of another program, or refuses it and changes nothing. */
@Tag("slow")
class SqliteAdoptionTest extends ForeignFileTestBase {
  private void adopt(SqliteStore store) throws InterruptedException {
    store.patch(List.of(), Patches.of(row -> "{}"), PURPOSE);
  }

  private void awaitAdopted() {
    await()
        .until(
            () -> {
              try (Connection connection = Sql.connect(file)) {
                return StoreForm.of(connection) == StoreForm.WHOLE;
              }
            });
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
          .hasMessageContainingAll(
              "the table memories_doc",
              "the trigger memories_after_insert",
              "the view memories_derived",
              "nothing was changed");
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
          .hasMessageContainingAll("a column version", "nothing was changed");
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
        .hasMessageContainingAll("has the type " + type, "nothing was changed");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
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
          .hasMessageContainingAll(
              "embed", "no such function: embedding_of", "nothing was changed");
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
          .hasMessageContainingAll("was given up after 2 s", "forever");
      store.patch(List.of("m2"), Patches.of(row -> NEW), PURPOSE);
      assertThat(value("SELECT metadata FROM memories WHERE id = 'm1'")).isNotEqualTo(NEW);
      assertThat(value("SELECT metadata FROM memories WHERE id = 'm2'")).isEqualTo(NEW);
    }
  }
}
