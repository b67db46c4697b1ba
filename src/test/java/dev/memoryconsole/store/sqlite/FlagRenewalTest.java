package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.store.sqlite.schema.Schema;
import dev.memoryconsole.testing.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose triggers were made before this program knew of some of the flags. */
class FlagRenewalTest {
  private static final String CORPUS =
      "'{\"memory_category\":\"cases\",\"source\":\"manual\",\"openclaw_corpus\":true}'";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("store.db");
  }

  // From before the corpus was known.
  private static String before() {
    return Schema.derivation()
        .replaceAll("(?s)\\| coalesce\\(max\\(CASE WHEN \"key\" = 'openclaw_corpus'.*?\\* 18", "")
        .replaceAll("(?s)\\| \\(count\\(CASE.*\\| 256 AS flags", "AS flags")
        .replaceAll("(?s), 'openclaw_corpus',.*?\\)", ")");
  }

  private void makeOfBefore(int corpus) throws Exception {
    SqliteStore.create(file).close();
    assertThat(before()).doesNotContain("corpus", "tier", "256").contains("upgraded_by");
    Sql.run(
        file,
        "DROP VIEW memories_derived",
        "DROP TRIGGER memories_doc_added",
        "DROP TRIGGER memories_doc_changed",
        "DROP TABLE memories_counts",
        "CREATE VIEW memories_derived AS" + before(),
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + corpus
            + ") INSERT INTO memories (id, text, metadata) SELECT 'c' || i, 'Of a file.', "
            + CORPUS
            + " FROM n",
        "INSERT INTO memories (id, text, metadata) VALUES ('says', 'a', "
            + "'{\"memory_category\":\"cases\",\"source\":\"manual\",\"tier\":\"working\","
            + "\"note\":\"\\\"openclaw_corpus\\\"\"}'),"
            + " ('false', 'b', '{\"openclaw_corpus\":false}'), ('legacy', 'c', NULL),"
            + " ('stamped', 'd', '{\"memory_category\":\"cases\",\"tier\":\"core\"}')");
    assertThat(Sql.value(file, "SELECT max(flags) FROM memories_doc")).isEqualTo("1");
  }

  @Test
  void itsFlagsAreRenewedAndCountedFromThenOn() throws Exception {
    makeOfBefore(120);
    try (SqliteStore store = SqliteStore.open(file)) {
      await()
          .until(
              () ->
                  Sql.value(file, "SELECT count(*) FROM memories_doc WHERE flags & 256")
                      .equals("124"));
      EntryQuery corpus = EntryQuery.ALL.withStates(Set.of(MemoryState.CORPUS));
      assertThat(store.count(corpus)).isEqualTo(120);
      assertThat(store.stats().corpus()).isEqualTo(120);
      assertThat(store.stats().stamped()).isEqualTo(1);
      assertThat(Sql.value(file, "SELECT sum(memories) FROM memories_counts")).isEqualTo("124");
      assertThat(store.ids(EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY)), 9))
          .containsExactlyInAnyOrder("false", "legacy");
      assertThat(Sql.value(file, "SELECT flags FROM memories_doc WHERE id = 'says'"))
          .isEqualTo(Integer.toString(256 + 3 * 64 + 1));
      Sql.run(
          file,
          "INSERT INTO memories (id, text, metadata) VALUES ('new', 'Of a file.', " + CORPUS + ")",
          "REPLACE INTO memories (id, text, metadata) VALUES ('corpus:x', 'Of a file.', NULL)",
          "REPLACE INTO memories (id, text, metadata) VALUES ('legacy', 'c', '{}')",
          "DELETE FROM memories WHERE id = 'stamped'",
          "UPDATE memories SET metadata = '{}' WHERE id = 'c7'");
      assertThat(store.count(corpus)).isEqualTo(121);
      assertThat(store.stats())
          .returns(121L, StoreStats::corpus)
          .returns(0L, StoreStats::stamped)
          .returns(3L, StoreStats::legacy)
          .returns(1L, StoreStats::upgraded);
    }
    assertThat(
            Sql.value(
                file,
                "SELECT count(*) FROM memories_doc d JOIN memories_derived v USING (id)"
                    + " WHERE d.flags IS NOT v.flags"))
        .isEqualTo("0");
  }

  @Test
  void untilThenItsRowsAreAskedThemselves() throws Exception {
    makeOfBefore(1);
    try (Connection other = Sql.hold(file);
        SqliteStore store = SqliteStore.open(file)) {
      assertThat(other.isClosed()).isFalse();
      assertThat(store.stats())
          .returns(5L, StoreStats::total)
          .returns(2L, StoreStats::legacy)
          .returns(1L, StoreStats::stamped);
      assertThat(store.ids(EntryQuery.ALL.onlyStamped(), 9)).containsExactly("stamped");
      assertThat(
              store.ids(
                  EntryQuery.ALL
                      .withIds(Set.of("says", "stamped", "legacy"))
                      .sortedBy(EntryQuery.Sort.TIER, true),
                  9))
          .containsExactly("legacy", "stamped", "says");
    }
  }

  @Test
  void whatAnotherProgramOfBeforeWritesIsSeen() throws Exception {
    try (SqliteStore store = SqliteStore.create(file)) {
      Sql.run(
          file,
          "INSERT INTO memories (id, text, metadata) VALUES ('a', 'a', '{}'), ('b', 'b', NULL)",
          // A console of before derives for itself what it writes.
          "UPDATE memories_doc SET last_version = last_version + 1, flags = 1 WHERE id = 'a'",
          "UPDATE memories SET version = 2, metadata = '{\"memory_category\":\"cases\"}'"
              + " WHERE id = 'a'");
      assertThat(store.stats())
          .returns(2L, StoreStats::total)
          .returns(1L, StoreStats::legacy)
          .returns(1L, StoreStats::stamped);
    }
  }
}
