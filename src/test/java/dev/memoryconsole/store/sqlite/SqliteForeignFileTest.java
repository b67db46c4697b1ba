package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.MessageText;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.python.PythonAgent;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.batch.PatchReport;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.testing.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that other programs made: looked at without a trace, rows that no string can hold left. */
@Tag("slow")
class SqliteForeignFileTest extends ForeignFileTestBase {
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
  void whyAFileCannotBeWrittenIsSaidInTheReadersLanguage() throws Exception {
    rows(3);
    sql(
        "CREATE VIEW memories_doc AS SELECT 1",
        "CREATE INDEX memories_derived ON memories (text)",
        "CREATE TABLE memories_mend (x)",
        "CREATE TRIGGER memories_after_text AFTER DELETE ON memories BEGIN SELECT 1; END");
    try (SqliteStore store = SqliteStore.open(file)) {
      Message refusal = store.writeRefusal().orElseThrow();
      assertThat(MessageText.read(MessageText.write(refusal))).isEqualTo(refusal);
      assertThat(Wording.ENGLISH.of(refusal))
          .isEqualTo(
              file
                  + " has the view memories_doc, the table memories_mend, the index"
                  + " memories_derived, the trigger memories_after_text of another program, a name"
                  + " that this one needs; nothing was changed, rename it there to have the"
                  + " memories written here.");
      assertThat(Wording.in(Locale.CHINA).of(refusal))
          .startsWith(
              file
                  + " 中有另一个程序的 视图 memories_doc、表 memories_mend、索引 memories_derived、"
                  + "触发器 memories_after_text，");
    }
  }

  @Test
  void whyARowCannotBeWrittenIsSaidInTheReadersLanguage() throws Exception {
    sql(
        TABLE.replace("metadata TEXT", "metadata"),
        "INSERT INTO memories (id, text, metadata) VALUES ('blob', 'a', x'00FF'), ('number', 'b',"
            + " 5), (NULL, 'c', '{}'), ('bad', CAST(x'FF' AS TEXT), '{}')");
    try (SqliteStore store = SqliteStore.open(file)) {
      Map<String, Message> flaws = new TreeMap<>();
      for (MemoryEntry entry : store.page(EntryQuery.ALL, 0, 9)) {
        flaws.put(entry.id(), Objects.requireNonNull(entry.flaw()));
      }
      assertThat(words(flaws, Wording.ENGLISH))
          .containsExactly(
              "its text is no valid UTF-8",
              "its metadata is a BLOB where text belongs",
              "its metadata is a number where text belongs",
              "it has no id");
      assertThat(words(flaws, Wording.in(Locale.CHINA)))
          .containsExactly(
              "其 text 不是有效的 UTF-8", "其 metadata 应为文本，却是 BLOB", "其 metadata 应为文本，却是数字", "它没有 id");
    }
  }

  private static List<String> words(Map<String, Message> flaws, Wording wording) {
    return flaws.values().stream().map(wording::of).toList();
  }

  @Test
  void whatAKilledAgentLeftInItsLogStaysThere() throws Exception {
    rows(20);
    sql("PRAGMA journal_mode = WAL");
    Path log = folder.resolve("theirs.db-wal");
    byte[] left;
    byte[] kept;
    try (Connection agent = Sql.connect(file);
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

  @Test
  void aFileWithoutALogIsReadInPiecesAndSeenAsOthersAre() throws Exception {
    rows(900);
    sql(
        "DELETE FROM memories WHERE _rowid_ BETWEEN 300 AND 700",
        "UPDATE memories SET _rowid_ = -5 WHERE id = 'm3'",
        "UPDATE memories SET _rowid_ = 9223372036854775807 WHERE id = 'm4'",
        "UPDATE memories SET timestamp = 5 WHERE id = 'm6'");
    Path logged = Files.copy(file, folder.resolve("logged.db"));
    Sql.run(logged, "PRAGMA journal_mode = WAL");
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
