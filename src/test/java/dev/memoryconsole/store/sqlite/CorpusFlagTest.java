package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.sqlite.schema.Schema;
import dev.memoryconsole.testing.Sql;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose triggers were made before this program knew of the plugin's corpus. */
class CorpusFlagTest {
  private static final String CORPUS = "'{\"memory_category\":\"cases\",\"openclaw_corpus\":true}'";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("store.db");
  }

  private static String before() {
    return Schema.derivation()
        .replaceAll("(?s)\\| coalesce\\(max\\(CASE WHEN \"key\" = 'openclaw_corpus'.*?\\* 18", "")
        .replace(", 'openclaw_corpus'", "");
  }

  @Test
  void rowsOfTheCorpusAreToldInAStoreOfBeforeAndByItsTriggersFromThenOn() throws Exception {
    SqliteStore.create(file).close();
    assertThat(before()).doesNotContain("corpus").contains("upgraded_by");
    Sql.run(
        file,
        "DROP VIEW memories_derived",
        "CREATE VIEW memories_derived AS" + before(),
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 119)"
            + " INSERT INTO memories (id, text, metadata) SELECT 'c' || i, 'Of a file.', "
            + CORPUS
            + " FROM n",
        "INSERT INTO memories (id, text, metadata) VALUES ('says', 'a', "
            + "'{\"memory_category\":\"cases\",\"note\":\"\\\"openclaw_corpus\\\"\"}'),"
            + " ('false', 'b', '{\"openclaw_corpus\":false}'), ('legacy', 'c', NULL)");
    assertThat(Sql.value(file, "SELECT count(*) FROM memories_doc WHERE flags & 16"))
        .isEqualTo("0");
    try (SqliteStore store = SqliteStore.open(file)) {
      await()
          .until(
              () ->
                  Sql.value(file, "SELECT sql FROM sqlite_schema WHERE name = 'memories_derived'")
                      .contains("openclaw_corpus"));
      EntryQuery corpus = EntryQuery.ALL.withStates(Set.of(MemoryState.CORPUS));
      assertThat(store.count(corpus)).isEqualTo(120);
      assertThat(store.stats().corpus()).isEqualTo(120);
      assertThat(store.ids(EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY)), 9))
          .containsExactlyInAnyOrder("false", "legacy");
      assertThat(Sql.value(file, "SELECT flags FROM memories_doc WHERE id = 'says'"))
          .isEqualTo("1");
      Sql.run(
          file,
          "INSERT INTO memories (id, text, metadata) VALUES ('new', 'Of a file.', " + CORPUS + ")",
          "UPDATE memories SET metadata = '{}' WHERE id = 'c7'");
      assertThat(store.count(corpus)).isEqualTo(120);
    }
    assertThat(
            Sql.value(
                file,
                "SELECT count(*) FROM memories_doc d JOIN memories_derived v USING (id)"
                    + " WHERE d.flags IS NOT v.flags"))
        .isEqualTo("0");
  }
}
