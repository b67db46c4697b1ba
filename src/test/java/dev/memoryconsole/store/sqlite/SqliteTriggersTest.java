package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.batch.RowWrite;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other programs write as they like; the triggers keep version, state and text index right. */
@Tag("slow")
class SqliteTriggersTest {
  @TempDir Path folder;
  private SqliteStore store;
  private Connection other;

  @BeforeEach
  void open() throws SQLException {
    Path file = folder.resolve("memories.db");
    store = SqliteStore.create(file);
    other = DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  @AfterEach
  void close() throws SQLException {
    other.close();
    store.close();
  }

  private void sql(String sql) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private long version(String id) {
    return store.find(List.of(id)).getFirst().version();
  }

  private List<String> found(String word) {
    return store.ids(
        EntryQuery.ALL.withWords(word).sortedBy(EntryQuery.Sort.ID, true), Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void versionRisesWithEveryWriteOfWhomever(boolean recursive) throws Exception {
    sql("PRAGMA recursive_triggers = " + recursive);
    sql("INSERT INTO memories (id, text) VALUES ('a', 'x')");
    assertThat(version("a")).isEqualTo(1);
    long last = 1;
    for (String write :
        List.of(
            "UPDATE memories SET text = 'y'",
            "UPDATE memories SET text = 'y'",
            "UPDATE memories SET version = version",
            "UPDATE memories SET version = 1, metadata = '{}'",
            "UPDATE memories SET version = NULL",
            "UPDATE memories SET version = -7",
            "UPDATE memories SET version = 'x'",
            "UPDATE memories SET version = 1.5",
            "UPDATE memories SET version = 9223372036854775807",
            "UPDATE memories SET version = version + 1",
            "UPDATE memories SET version = version + 10",
            "INSERT OR REPLACE INTO memories (id, text) VALUES ('a', 'z')",
            "INSERT OR REPLACE INTO memories (id, text, version) VALUES ('a', 'z', NULL)",
            "REPLACE INTO memories (id, version) VALUES ('a', 3)",
            "INSERT INTO memories (id, text) VALUES ('a', 'q')"
                + " ON CONFLICT (id) DO UPDATE SET text = excluded.text",
            "UPDATE OR REPLACE memories SET text = 'r'",
            "UPDATE OR IGNORE memories SET text = 's'",
            "DELETE FROM memories; INSERT INTO memories (id) VALUES ('a')",
            "DELETE FROM memories; INSERT INTO memories (id, version) VALUES ('a', 1)",
            "DELETE FROM memories; INSERT OR IGNORE INTO memories (id, version) VALUES ('a', 0)")) {
      sql(write);
      assertThat(version("a")).as(write).isGreaterThan(last).isLessThan(1_000_000);
      last = version("a");
    }
    sql("INSERT OR IGNORE INTO memories (id) VALUES ('a')");
    assertThat(version("a")).as("nothing was written").isEqualTo(last);
  }

  @Test
  void aNewIdThatAnotherRowHadBeforeGoesOnWhereThatEnded() throws Exception {
    sql("INSERT INTO memories (id, text, version) VALUES ('a', 'tunnel', 5), ('b', 'bridge', 50)");
    sql("UPDATE OR REPLACE memories SET id = 'b' WHERE id = 'a'");
    assertThat(version("b")).isGreaterThan(50);
    assertThat(found("tunnel")).containsExactly("b");
    assertThat(found("bridge")).isEmpty();
    sql("INSERT INTO memories (id) VALUES ('a')");
    assertThat(version("a")).isGreaterThan(5);
    sql("DELETE FROM memories WHERE id = 'a'");
    sql("UPDATE memories SET id = 'a', version = 8");
    assertThat(version("a")).isGreaterThan(7);
    assertThat(store.stats().total()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void textIndexFollowsEveryWrite(boolean recursive) throws Exception {
    sql("PRAGMA recursive_triggers = " + recursive);
    sql("INSERT INTO memories (id, text) VALUES ('a', 'first tunnel'), ('b', 'first bridge')");
    assertThat(found("first")).containsExactly("a", "b");
    sql("REPLACE INTO memories (id, text) VALUES ('a', 'second tunnel')");
    sql("UPDATE memories SET text = 'second bridge', metadata = '{}' WHERE id = 'b'");
    assertThat(found("first")).isEmpty();
    assertThat(found("second")).containsExactly("a", "b");
    sql("UPDATE memories SET metadata = '{\"l0_abstract\":\"the abstract\"}', version = 9");
    assertThat(found("second")).containsExactly("a", "b");
    assertThat(found("abstract")).containsExactly("a", "b");
    sql("UPDATE memories SET metadata = 'broken {' WHERE id = 'a'");
    assertThat(found("abstract")).containsExactly("b");
    sql("UPDATE memories SET id = 'c' WHERE id = 'b'");
    assertThat(found("bridge")).containsExactly("c");
    sql("UPDATE memories SET text = NULL WHERE id = 'c'");
    assertThat(found("bridge")).isEmpty();
    sql("DELETE FROM memories");
    assertThat(found("tunnel")).isEmpty();
    sql("INSERT INTO memories (id, text) VALUES ('a', 'third tunnel')");
    sql("VACUUM");
    assertThat(found("tunnel")).containsExactly("a");
  }

  @Test
  void aRowWithoutAnIdIsRefused() {
    assertThatThrownBy(() -> sql("INSERT INTO memories (text) VALUES ('x')"))
        .isInstanceOf(SQLException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "NULL",
      quoteCharacter = '`',
      value = {
        "LEGACY   | NULL       | NULL",
        "LEGACY   | fact       | ``",
        "LEGACY   | fact       | {}",
        "LEGACY   | fact       | []",
        "LEGACY   | fact       | 5",
        "LEGACY   | fact       | null",
        "LEGACY   | fact       | \"memory_category\"",
        "LEGACY   | fact       | [{\"memory_category\":\"cases\"}]",
        "LEGACY   | fact       | {\"memory_category\":\"cases\"",
        "LEGACY   | fact       | {\"memory_category\":\"cases\"} x",
        "LEGACY   | fact       | {memory_category:'cases'}",
        "LEGACY   | fact       | {\"memory_category\":null}",
        "LEGACY   | fact       | {\"memory_category\":\"\"}",
        "LEGACY   | fact       | {\"Memory_Category\":\"cases\"}",
        "LEGACY   | fact       | {\"a\":{\"memory_category\":\"cases\"}}",
        "LEGACY   | fact       | {\"memory_category\":\"cases\",\"memory_category\":null}",
        "LEGACY   | fact       | {\"type\":\"memory-reflection-other\"}",
        "LEGACY   | Reflection | {}",
        "LEGACY   | fact       | {\"upgrade_error\":\"timeout\"}",
        "UPGRADED | fact       | {\"memory_category\":\"cases\",\"source\":\"manual\"}",
        "UPGRADED | fact       | ` { \"memory_category\" : \"no such\",\"source\":\"manual\" } `",
        "UPGRADED | fact       |"
            + " {\"memory_category\":\"\",\"memory_category\":\"cases\",\"source\":\"manual\"}",
        "UPGRADED | fact       |"
            + " {\"memory_category\":\"cases\",\"upgrade_error\":\"\",\"source\":\"manual\"}",
        "UPGRADED | fact       |"
            + " {\"memory_category\":\"cases\",\"upgrade_error\":null,\"source\":\"manual\"}",
        "UPGRADED | reflection | NULL",
        "UPGRADED | reflection | broken",
        "UPGRADED | fact       | {\"type\":\"memory-reflection\"}",
        "UPGRADED | fact       | {\"type\":\"memory-reflection-event\"}",
        "UPGRADED | fact       | {\"type\":\"memory-reflection-item\"}",
        "UPGRADED | fact       | {\"type\":\"memory-reflection-mapped\"}",
        "FALLBACK | fact       | {\"memory_category\":\"cases\",\"upgrade_error\":\"timeout\"}",
        "FALLBACK | reflection | {\"upgrade_error\":\"timeout\"}",
      })
  void stateFollowsTheLegacyRule(
      MemoryState expected, @Nullable String category, @Nullable String metadata) throws Exception {
    try (PreparedStatement insert =
        other.prepareStatement(
            "INSERT INTO memories (id, category, metadata) VALUES ('a', ?, ?)")) {
      insert.setString(1, category);
      insert.setString(2, metadata);
      insert.executeUpdate();
    }
    for (MemoryState state : MemoryState.values()) {
      assertThat(store.count(EntryQuery.ALL.withStates(Set.of(state))))
          .as(state.name())
          .isEqualTo(state == expected ? 1 : 0);
    }
  }

  @Test
  void anyMixOfWritesLeavesWhatABuildFromScratchWouldMake() throws Exception {
    Random random = new Random(7);
    List<String> metadata =
        List.of(
            "NULL",
            "'{}'",
            "'{\"memory_category\":\"cases\",\"l0_abstract\":\"tunnel\"}'",
            "'{\"memory_category\":\"cases\",\"upgrade_error\":\"e\"}'");
    for (int i = 0; i < 400; i++) {
      String id = "'m" + random.nextInt(12) + "'";
      String text = random.nextInt(4) == 0 ? "NULL" : "'text number " + random.nextInt(50) + "'";
      String data = metadata.get(random.nextInt(metadata.size()));
      sql("PRAGMA recursive_triggers = " + random.nextBoolean());
      if (random.nextInt(6) == 0 && !store.find(List.of("m5")).isEmpty()) {
        patch("m5", data.equals("NULL") ? null : data.substring(1, data.length() - 1), true);
      }
      sql(
          switch (random.nextInt(6)) {
            case 0 -> "DELETE FROM memories WHERE id = " + id;
            case 1 -> "UPDATE OR REPLACE memories SET id = 'm3' WHERE id = " + id;
            case 2 ->
                "UPDATE memories SET text = %s, version = 4 WHERE id > %s".formatted(text, id);
            case 3 -> "UPDATE memories SET metadata = %s WHERE id = %s".formatted(data, id);
            default ->
                "REPLACE INTO memories (id, text, metadata) VALUES (%s, %s, %s)"
                    .formatted(id, text, data);
          });
    }
    assertThat(rows("SELECT id, version FROM memories"))
        .isNotEmpty()
        .isEqualTo(rows("SELECT id, last_version FROM memories_doc WHERE state IS NOT NULL"));
    assertThat(rows("SELECT id, text FROM memories WHERE text <> ''"))
        .isEqualTo(
            rows("SELECT id, text FROM memories_doc JOIN memories_text_fts f ON f.rowid = doc"));
    assertThat(rows("SELECT id, flags, abstract FROM memories_derived"))
        .isEqualTo(rows("SELECT id, flags, abstract FROM memories_doc WHERE state IS NOT NULL"));
    sql("INSERT INTO memories_text_fts (memories_text_fts) VALUES ('integrity-check')");
  }

  @Test
  void whatIsForeseenIsWhatTheTriggersDerive() throws Exception {
    List<@Nullable String> metadata =
        Arrays.asList(
            null,
            "",
            "no json",
            "[1]",
            "{}",
            "{\"memory_category\":\"cases\",\"l0_abstract\":\"tunnel\"}",
            "{\"memory_category\":\"cases\",\"memory_category\":null}",
            "{\"memory_category\":\"\",\"l0_abstract\":7}",
            "{\"l0_abstract\":\"first\",\"l0_abstract\":\"last\",\"upgraded_by\":\"simple\"}",
            "{\"l0_abstract\":\"a\\u0000b \u96a7\u9053 \ud83d\ude80\",\"upgrade_error\":\"e\"}",
            "{\"type\":\"memory-reflection\"}",
            "{memory_category:'json5'}");
    for (String category : List.of("fact", "reflection")) {
      sql("REPLACE INTO memories (id, text, category) VALUES ('a', 'x', '" + category + "')");
      sql("REPLACE INTO memories (id, text, category) VALUES ('b', 'x', '" + category + "')");
      for (String data : metadata) {
        long version = version("a");
        patch("a", data, true);
        patch("b", data, false);
        assertThat(version("a")).isEqualTo(version + 1);
        assertThat(rows("SELECT last_version - version FROM memories JOIN memories_doc USING (id)"))
            .containsExactly("[0]");
        String derived = "SELECT flags, abstract, timestamp, state FROM memories_doc WHERE id = ";
        assertThat(rows(derived + "'a'")).as(data).isEqualTo(rows(derived + "'b'"));
      }
    }
  }

  @Test
  void whatWasForeseenOfARowThatChangedSinceIsNotUsed() throws Exception {
    sql("INSERT INTO memories (id, text, metadata) VALUES ('a', 'x', '{}')");
    MemoryEntry before = store.find(List.of("a")).getFirst();
    RowWrite foreseen =
        store.foresee(List.of(new RowWrite(before, "{\"memory_category\":\"cases\"}"))).getFirst();
    sql("UPDATE memories SET category = 'reflection'");
    store.patch(List.of("a"), row -> foreseen, LockPurpose.of(LockPurpose.Kind.OTHER));
    assertThat(version("a")).isEqualTo(3);
    assertThat(rows("SELECT flags FROM memories_doc")).containsExactly("[3]");
  }

  private void patch(String id, @Nullable String metadata, boolean foreseen)
      throws InterruptedException {
    List<RowWrite> writes = List.of(new RowWrite(store.find(List.of(id)).getFirst(), metadata));
    RowWrite write = (foreseen ? store.foresee(writes) : writes).getFirst();
    assertThat(write.foresight() != null).isEqualTo(foreseen);
    store.patch(List.of(id), row -> write, LockPurpose.of(LockPurpose.Kind.OTHER));
  }

  private Set<String> rows(String sql) throws SQLException {
    Set<String> all = new TreeSet<>();
    try (Statement statement = other.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          row.add(rows.getString(column));
        }
        all.add(row.toString());
      }
    }
    return all;
  }

  @Test
  void anOlderLibraryFiresTheTriggersToo() throws Exception {
    String script =
        """
        import sqlite3, sys
        c = sqlite3.connect(sys.argv[1], timeout=5, isolation_level=None)
        c.execute("BEGIN IMMEDIATE")
        c.execute("INSERT INTO memories (id, text, metadata) VALUES ('p', 'a python tunnel', '{}')")
        c.execute("REPLACE INTO memories (id, text, metadata) VALUES ('p', 'a python bridge', ?)",
            ('{"memory_category":"cases","upgrade_error":"e","l0_abstract":"snake"}',))
        c.execute("UPDATE memories SET importance = 0.5 WHERE id = 'p'")
        c.execute("COMMIT")
        """;
    int exit;
    try {
      exit =
          new ProcessBuilder("python3", "-c", script, store.location().toString())
              .inheritIO()
              .start()
              .waitFor();
    } catch (IOException noPython) {
      assumeTrue(false, "python3 is not there");
      return;
    }
    assertThat(exit).isZero();
    assertThat(version("p")).isEqualTo(3);
    assertThat(found("bridge")).containsExactly("p");
    assertThat(found("tunnel")).isEmpty();
    assertThat(found("snake")).containsExactly("p");
    assertThat(store.ids(EntryQuery.ALL.withStates(Set.of(MemoryState.FALLBACK)), 9))
        .containsExactly("p");
  }
}
