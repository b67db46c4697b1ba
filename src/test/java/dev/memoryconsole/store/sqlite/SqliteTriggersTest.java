package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other programs write as they like; the triggers keep version, state and text index right. */
@Tag("slow")
class SqliteTriggersTest extends TriggersTestBase {
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
