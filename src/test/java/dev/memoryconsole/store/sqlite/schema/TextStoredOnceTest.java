package dev.memoryconsole.store.sqlite.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text index keeps no texts, and still knows each: whoever writes, and however. */
@Tag("slow")
class TextStoredOnceTest {
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);
  private static final int IDS = 14;
  private static final int WORDS = 25;
  private static final int WRITES = 1_500;
  private static final String[] ANY = {"", "OR REPLACE ", "OR IGNORE ", "OR FAIL "};
  // A failure within a trigger leaves a row without what the other triggers do: OR FAIL says so.
  private static final String[] WHOLE = {"", "OR REPLACE ", "OR IGNORE "};

  // One that rewrites what was written, before or after ours have seen it, and one that writes
  // another memory meanwhile.
  private static final List<String> THEIR_TRIGGERS =
      List.of(
          "CREATE TRIGGER %s_trims AFTER UPDATE OF text ON memories WHEN new.text LIKE 'word1%%'"
              + " BEGIN UPDATE memories SET text = 'trimmed ' || new.text WHERE id = new.id; END",
          "CREATE TRIGGER %s_adds AFTER INSERT ON memories WHEN new.text LIKE 'word2%%'"
              + " BEGIN UPDATE memories SET text = 'added ' || new.text WHERE id = new.id; END",
          "CREATE TRIGGER %s_notes AFTER INSERT ON memories WHEN new.text LIKE 'word5%%' BEGIN"
              + " INSERT OR REPLACE INTO memories (id, text) VALUES ('m0', 'noted ' || new.id);"
              + " END",
          "CREATE TRIGGER %s_warns BEFORE UPDATE OF text ON memories WHEN new.text LIKE 'word6%%'"
              + " AND 'm1' NOT IN (old.id, new.id) BEGIN INSERT INTO memories (id, text) VALUES"
              + " ('m1', 'warned ' || new.id) ON CONFLICT (id) DO UPDATE SET text = excluded.text;"
              + " END",
          "CREATE TRIGGER %s_moves AFTER DELETE ON memories WHEN old.text LIKE 'word7%%' BEGIN"
              + " INSERT OR IGNORE INTO memories (id, text) VALUES ('m2', 'moved ' || old.text);"
              + " END");

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("store.db");
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      text.append("word").append(random.nextInt(WORDS)).append(i < 2 ? " " : ".");
    }
    return switch (random.nextInt(12)) {
      case 0 -> "NULL";
      case 1 -> "''";
      case 2 -> "x'776f726433'";
      case 3 -> "'" + text.toString().replace("word", "漢字WORD") + "'";
      default -> "'" + text + "'";
    };
  }

  private static List<String> statements(Random random, String... conflicts) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < WRITES; i++) {
      String id = "'m" + random.nextInt(IDS) + "'";
      String other = "'m" + random.nextInt(IDS) + "'";
      String text = text(random);
      String or = conflicts[random.nextInt(conflicts.length)];
      all.add(
          switch (random.nextInt(16)) {
            case 0 -> "PRAGMA recursive_triggers = " + random.nextBoolean();
            case 1 -> random.nextBoolean() ? "BEGIN" : "SAVEPOINT s";
            case 2 -> random.nextBoolean() ? "ROLLBACK" : "COMMIT";
            case 3 -> random.nextBoolean() ? "ROLLBACK TO s" : "RELEASE s";
            case 4 -> "DELETE FROM memories WHERE id = " + id;
            case 5 -> "UPDATE " + or + "memories SET id = " + other + " WHERE id = " + id;
            case 6 ->
                "UPDATE %smemories SET id = %s, text = %s WHERE id = %s"
                    .formatted(or, other, text, id);
            case 7 -> "UPDATE %smemories SET text = %s WHERE id > %s".formatted(or, text, id);
            case 8 -> "UPDATE memories SET text = text, metadata = '{}' WHERE id = " + id;
            case 9 ->
                ("INSERT INTO memories (id, text) VALUES (%s, %s)"
                        + " ON CONFLICT (id) DO UPDATE SET metadata = '{\"a\":1}'")
                    .formatted(id, text);
            case 10 ->
                ("INSERT INTO memories (id, text) VALUES (%s, %s)"
                        + " ON CONFLICT (id) DO UPDATE SET text = excluded.text")
                    .formatted(id, text);
            case 11 ->
                "INSERT %sINTO memories (id, text) SELECT %s, text FROM memories WHERE id = %s"
                    .formatted(or, id, other);
            default ->
                "INSERT %sINTO memories (id, text, metadata) VALUES (%s, %s, %s), (%s, %s, NULL)"
                    .formatted(
                        or,
                        id,
                        text,
                        "'{\"l0_abstract\":\"short" + random.nextInt(WORDS) + "\"}'",
                        other,
                        text(random));
          });
    }
    return all;
  }

  private void write(List<String> statements) throws SQLException {
    int failed = 0;
    try (Connection connection = Sql.connect(file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        try {
          statement.execute(sql);
        } catch (SQLException refused) {
          failed++;
        }
      }
    }
    assertThat(failed).isPositive().isLessThan(statements.size() / 2);
  }

  private Set<String> scan(String sql) throws SQLException {
    Set<String> found = new TreeSet<>();
    found.addAll(Sql.pairs(file, sql).keySet());
    return found;
  }

  private void assertThatASearchFindsWhatAScanFinds() throws SQLException {
    List<String> words = new ArrayList<>(List.of("trimmed", "added", "noted", "warned", "moved"));
    for (int i = 0; i < WORDS; i++) {
      words.addAll(List.of("word" + i, "short" + i, "字word" + i, "d" + i));
    }
    int found = 0;
    try (SqliteStore store = SqliteStore.open(file)) {
      for (String word : words) {
        Set<String> ids = new TreeSet<>(store.ids(EntryQuery.ALL.withWords(word), 1_000));
        found += ids.size();
        assertThat(ids)
            .as(word)
            .isEqualTo(
                scan(
                    "SELECT id, 1 FROM memories WHERE instr(lower(CAST(text AS TEXT)), '%1$s')"
                            .formatted(word)
                        + " OR instr(metadata, '\"l0_abstract\":\"%s')".formatted(word)));
      }
    }
    assertThat(found).isGreaterThan(IDS);
    assertThat(Sql.number(file, "SELECT count(*) FROM memories_text_replaced")).isLessThan(12);
    assertThat(Sql.value(file, "PRAGMA integrity_check")).isEqualTo("ok");
  }

  /** That the index knows these texts and no others, which a search would not show. */
  private void assertThatTheIndexIsExact() throws SQLException {
    Sql.run(
        file,
        "INSERT INTO memories_text_fts (memories_text_fts, rank) VALUES ('integrity-check', 1)");
    assertThat(Sql.number(file, "SELECT count(*) FROM memories_text_fts_docsize"))
        .isEqualTo(
            Sql.number(file, "SELECT count(*) FROM memories WHERE CAST(text AS TEXT) <> ''"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aSearchFindsWhatAScanFindsAfterAnyWrites(long seed) throws Exception {
    SqliteStore.create(file).close();
    write(statements(new Random(seed), ANY));
    assertThatASearchFindsWhatAScanFinds();
    assertThatTheIndexIsExact();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void alsoBesideTriggersOfOthers(long seed) throws Exception {
    Sql.run(file, Sql.THEIR_TABLE);
    for (String trigger : THEIR_TRIGGERS) {
      Sql.run(file, trigger.formatted("first"));
    }
    adopt();
    for (String trigger : THEIR_TRIGGERS) {
      Sql.run(file, trigger.formatted("later"));
    }
    write(statements(new Random(seed), WHOLE));
    assertThatASearchFindsWhatAScanFinds();
  }

  private void adopt() throws InterruptedException {
    try (SqliteStore store = SqliteStore.open(file)) {
      store.patch(List.of(), Patches.of(row -> null), PURPOSE);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aMemoryThatWentUnseenIsKnownByItsNewTextOnceItIsBack(long seed) throws Exception {
    Sql.run(file, Sql.THEIR_TABLE, "CREATE UNIQUE INDEX their_texts ON memories (text)");
    adopt();
    write(statements(new Random(seed), ANY));
    Sql.run(
        file,
        "INSERT INTO memories (id, text) SELECT d.id, 'word3 back ' || d.id FROM memories_doc d"
            + " WHERE NOT EXISTS (SELECT 1 FROM memories m WHERE m.id = d.id)");
    assertThat(Sql.number(file, "SELECT count(*) FROM memories")).isGreaterThan(IDS - 2);
    assertThatASearchFindsWhatAScanFinds();
  }

  @Test
  void anotherLibraryFiresTheTriggersToo() throws Exception {
    SqliteStore.create(file).close();
    Path script = folder.resolve("write.py");
    Files.writeString(
        script,
        """
        import sqlite3, sys
        c = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
        for line in open(sys.argv[2], encoding='utf-8'):
            try:
                c.execute(line)
            except sqlite3.Error:
                pass
        """);
    Path list = folder.resolve("statements.sql");
    Files.writeString(list, String.join("\n", statements(new Random(5), ANY)));
    assumeTrue(python(script, list), "python3 is not there");
    assertThatASearchFindsWhatAScanFinds();
    assertThatTheIndexIsExact();
  }

  private boolean python(Path script, Path list) throws InterruptedException {
    try {
      Process python =
          new ProcessBuilder("python3", script.toString(), file.toString(), list.toString())
              .inheritIO()
              .start();
      assertThat(python.waitFor()).isZero();
      return true;
    } catch (IOException noPython) {
      return false;
    }
  }

  @Test
  void noTextIsInTheFileTwice() throws Exception {
    SqliteStore.create(file).close();
    String needle = "needle ".repeat(20);
    Sql.run(
        file,
        "INSERT INTO memories (id, text) VALUES ('a', '" + needle + "')",
        "UPDATE memories SET text = 'a ' || text",
        "INSERT OR REPLACE INTO memories (id, text) SELECT id, 'an ' || text FROM memories",
        "PRAGMA secure_delete = ON",
        "VACUUM");
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    int at = bytes.indexOf(needle);
    assertThat(at).isPositive();
    assertThat(bytes.indexOf(needle, at + 1)).isEqualTo(-1);
  }
}
