package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.batch.PatchReport;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.testing.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of other programs with columns that work themselves out, and with huge values. */
@Tag("slow")
class SqliteOddTablesTest {
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);
  private static final String NEW = "{\"memory_category\":\"cases\"}";
  private static final int HUGE = 65 << 20;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("theirs.db");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STORED", "VIRTUAL"})
  void aGeneratedColumnInThePlaceOfOursIsReadAndNothingIsWritten(String kind) throws Exception {
    Sql.run(
        file,
        "CREATE TABLE memories (id TEXT PRIMARY KEY, text TEXT, category TEXT GENERATED ALWAYS AS"
            + " (coalesce(json_extract(metadata, '$.memory_category'), 'fact')) "
            + kind
            + ", scope TEXT, importance REAL, timestamp INTEGER, metadata TEXT)",
        "INSERT INTO memories (id, text, scope, importance, timestamp, metadata)"
            + " VALUES ('a', 'a bridge', 'global', 0.5, 1, '{}')");
    byte[] before = Files.readAllBytes(file);
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(store.page(EntryQuery.ALL, 0, 9))
          .extracting(MemoryEntry::category)
          .containsExactly("fact");
      assertThat(store.count(EntryQuery.ALL.withCategories(Set.of("fact")))).isEqualTo(1);
      assertThat(Wording.ENGLISH.of(store.writeRefusal().orElseThrow()))
          .contains("the column category");
      refused(store, "the column category");
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"STORED", "VIRTUAL"})
  void aGeneratedColumnBesideOursGoesOnFollowing(String kind) throws Exception {
    Sql.run(
        file,
        "CREATE TABLE memories (id TEXT PRIMARY KEY, text TEXT, category TEXT, scope TEXT,"
            + " importance REAL, timestamp INTEGER, metadata TEXT, tier TEXT GENERATED ALWAYS AS"
            + " (json_extract(metadata, '$.memory_category')) "
            + kind
            + ")",
        "INSERT INTO memories (id, text, category, scope, importance, timestamp, metadata)"
            + " VALUES ('a', 'a bridge', 'fact', 'global', 0.5, 1, '{}')");
    try (SqliteStore store = SqliteStore.open(file)) {
      store.patch(List.of("a"), Patches.of(row -> NEW), PURPOSE);
      assertThat(store.count(EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY)))).isZero();
    }
    assertThat(Sql.value(file, "SELECT tier || version || metadata FROM memories"))
        .isEqualTo("cases2" + NEW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "metadata"})
  void aTableWithAHugeValueIsLookedAtAndNotAdopted(String column) throws Exception {
    Sql.run(
        file,
        "PRAGMA journal_mode = WAL",
        Sql.THEIR_TABLE,
        "INSERT INTO memories (id, text, metadata) VALUES ('a', 'a bridge', '{}'), ('b', 'b',"
            + " '{}')",
        "UPDATE memories SET " + column + " = CAST(zeroblob(" + HUGE + ") AS TEXT) WHERE id = 'b'");
    String schema = Sql.value(file, "SELECT group_concat(sql) FROM sqlite_schema");
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(store.find(List.of("a", "b")))
          .extracting(MemoryEntry::flaw)
          .containsExactly(null, SqliteCode.ROW_HUGE.with(65));
      assertThat(store.count(EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY)))).isEqualTo(2);
      refused(store, "MB");
      assertThat(store.stats().total()).isEqualTo(2);
    }
    assertThat(Sql.value(file, "SELECT group_concat(sql) FROM sqlite_schema")).isEqualTo(schema);
    assertThat(Sql.value(file, "SELECT octet_length(" + column + ") FROM memories WHERE id = 'b'"))
        .isEqualTo("" + HUGE);
    assertThat(Sql.value(file, "SELECT metadata FROM memories WHERE id = 'a'")).isEqualTo("{}");
  }

  /** In a store of ours, by an agent. */
  @Test
  void aHugeValueThatCameLaterCostsOnlyItsRow() throws Exception {
    try (SqliteStore store = SqliteStore.create(file)) {
      Sql.run(
          file,
          "INSERT INTO memories (id, text, metadata) VALUES ('a', 'a bridge', '{}'),"
              + " ('b', 'b', CAST(zeroblob("
              + HUGE
              + ") AS TEXT))");
      PatchReport report = store.patch(List.of("a", "b"), Patches.of(row -> NEW), PURPOSE);
      assertThat(report.results().get("a")).isInstanceOf(PatchResult.Written.class);
      assertThat(report.results().get("b"))
          .isEqualTo(new PatchResult.Unwritable(SqliteCode.ROW_HUGE.with(65)));
      assertThat(store.swap("b", Patches.of(row -> NEW), PURPOSE))
          .isInstanceOf(PatchResult.Unwritable.class);
    }
    assertThat(
            Sql.value(
                file, "SELECT group_concat(octet_length(metadata)) FROM memories ORDER BY id"))
        .isEqualTo(NEW.length() + "," + HUGE);
  }

  private static void refused(SqliteStore store, String why) {
    assertThatThrownBy(() -> store.patch(List.of("a"), Patches.of(row -> NEW), PURPOSE))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll(why, "nothing was changed");
  }
}
