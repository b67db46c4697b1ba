package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.InsertReport;
import dev.memoryconsole.testing.OtherJava;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is made of many rows at one go is the one that they make one by one, or none. */
class NewSqliteStoreTest {
  private static final int ROWS = 700;

  @TempDir private Path folder;

  // Of every kind that is derived in its own way.
  private static List<MemoryEntry> rows() {
    String[] metadata = {
      "{\"access_count\":3}",
      "{\"memory_category\":\"events\",\"l0_abstract\":\"Straße and 東京 %d\",\"tier\":\"core\","
          + "\"upgraded_by\":\"simple\",\"upgraded_at\":1}",
      "{\"memory_category\":\"cases\",\"upgrade_error\":\"timed out\",\"l0_abstract\":\"kept %d\"}",
      "no JSON at all",
      "{\"type\":\"memory-reflection\",\"tier\":\"peripheral\"}",
      "{\"openclaw_corpus\":true}",
      "{\"source\":\"manual\",\"memory_category\":\"profile\"}",
    };
    List<MemoryEntry> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(
          new MemoryEntry(
              (i % 50 == 9 ? "corpus:" : "") + (char) ('a' + i * 7 % 26) + "-" + i,
              i % 20 == 4 ? "" : "Memory %d says “Grüße” to kubernetes 漢字 №%d.".formatted(i, i),
              i % 9 == 0 ? null : i % 31 == 1 ? "reflection" : "fact",
              i % 8 == 0 ? null : "agent:" + i % 3,
              i % 7 == 0 ? null : i / 1000.0,
              i % 6 == 0 ? null : 1_735_000_000_000L - i,
              i % 11 == 0 ? null : metadata[i % metadata.length].formatted(i),
              1));
    }
    return rows;
  }

  private Path make(String name) throws InterruptedException {
    Path file = folder.resolve(name);
    try (NewSqliteStore store = NewSqliteStore.begin(file)) {
      for (MemoryEntry row : rows()) {
        store.insert(List.of(row), ExistingRows.SKIP);
      }
      store.finish();
    }
    return file;
  }

  private interface Query {
    String of(Connection connection) throws SQLException;
  }

  private static String in(Path file, Query query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      return query.of(connection);
    }
  }

  private static String all(Connection connection, String sql) throws SQLException {
    StringBuilder all = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          all.append(rows.getString(i)).append('|');
        }
        all.append('\n');
      }
    }
    return all.toString();
  }

  @Test
  void isWhatItsRowsMakeOneByOne() throws Exception {
    Path oneByOne = folder.resolve("one.db");
    try (SqliteStore store = SqliteStore.create(oneByOne)) {
      for (MemoryEntry row : rows()) {
        store.insert(List.of(row), ExistingRows.SKIP);
      }
    }
    Path atOnce = make("once.db");

    for (String sql :
        List.of(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name",
            "SELECT * FROM memories ORDER BY id",
            "SELECT id, last_version, timestamp, abstract, flags, state FROM memories_doc"
                + " ORDER BY id",
            "SELECT flags, memories FROM memories_counts ORDER BY flags",
            "SELECT d.id, hex(f.sz) FROM memories_text_fts_docsize f JOIN memories_doc d"
                + " ON d.doc = f.id ORDER BY d.id",
            "PRAGMA user_version",
            "PRAGMA application_id",
            "PRAGMA integrity_check")) {
      assertThat(in(atOnce, connection -> all(connection, sql)))
          .as(sql)
          .isEqualTo(in(oneByOne, connection -> all(connection, sql)));
    }
    // Other programs write on with the sizes that are SQLite's own.
    assertThat(in(atOnce, connection -> all(connection, "SELECT * FROM memories_text_fts_config")))
        .contains("automerge|4|", "crisismerge|16|", "hashsize|1048576|");
    try (SqliteStore one = SqliteStore.open(oneByOne);
        SqliteStore once = SqliteStore.open(atOnce)) {
      assertThat(once.stats()).isEqualTo(one.stats());
      for (String words : List.of("kubernetes", "漢字", "grüße", "№69", "straße", "kept 1", "or")) {
        EntryQuery query = EntryQuery.ALL.withWords(words);
        assertThat(once.ids(query, ROWS)).as(words).isNotEmpty().isEqualTo(one.ids(query, ROWS));
      }
    }
  }

  @Test
  void triggersOfOthersGoOnWithIt() throws Exception {
    Path file = make("made.db");

    try (Connection agent = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement write = agent.createStatement()) {
      write.executeUpdate("UPDATE memories SET text = 'Prometheus now' WHERE id = 'a-0'");
      write.executeUpdate("DELETE FROM memories WHERE id = 'h-1'");
      write.executeUpdate("INSERT INTO memories (id, text) VALUES ('new', 'Prometheus too')");
      write.execute(
          "INSERT INTO memories_text_fts (memories_text_fts, rank) VALUES ('integrity-check', 1)");
    }

    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(store.ids(EntryQuery.ALL.withWords("prometheus"), 9))
          .containsExactlyInAnyOrder("a-0", "new");
      assertThat(store.stats().total()).isEqualTo(ROWS);
    }
  }

  @Test
  void sameIdTwiceIsSkippedOrReplaced() throws Exception {
    Path file = folder.resolve("twice.db");
    List<MemoryEntry> rows = rows().subList(1, 3);
    try (NewSqliteStore store = NewSqliteStore.begin(file)) {
      store.insert(rows, ExistingRows.SKIP);
      assertThat(store.insert(rows, ExistingRows.SKIP)).isEqualTo(new InsertReport(0, 0, 2));
      MemoryEntry other = new MemoryEntry(rows.get(0).id(), "Other", null, null, null, null, "", 1);
      assertThat(store.insert(List.of(other), ExistingRows.REPLACE))
          .isEqualTo(new InsertReport(0, 1, 0));
      store.finish();
    }
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(store.find(List.of(rows.get(0).id())).getFirst().text()).isEqualTo("Other");
    }
  }

  @Test
  void unfinishedLeavesNothing() throws Exception {
    try (NewSqliteStore store = NewSqliteStore.begin(folder.resolve("none.db"))) {
      store.insert(rows(), ExistingRows.SKIP);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void interruptedLeavesNothing() throws Exception {
    try (NewSqliteStore store = NewSqliteStore.begin(folder.resolve("none.db"))) {
      store.insert(rows(), ExistingRows.SKIP);
      Thread.currentThread().interrupt();
      assertThatThrownBy(store::finish).isInstanceOf(InterruptedException.class);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatSomebodyMadeMeanwhileStays() throws Exception {
    Path file = folder.resolve("theirs.db");
    try (NewSqliteStore store = NewSqliteStore.begin(file)) {
      store.insert(rows(), ExistingRows.SKIP);
      SqliteStore.create(file).close();
      assertThatThrownBy(store::finish)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("theirs.db");
    }
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(store.stats().total()).isZero();
    }
    assertThatThrownBy(() -> NewSqliteStore.begin(file)).isInstanceOf(StoreException.class);
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".making"));
  }

  @Tag("crash")
  @Test
  void killedOnItsWayLeavesAllOrNothingAndTheNextBeginsAnew() throws Exception {
    for (String word : List.of("added", "finishing", "finished")) {
      Path file = folder.resolve(word + ".db");
      Process other = OtherJava.start(NewSqliteStoreTest.class, file);
      try (BufferedReader says = other.inputReader(StandardCharsets.UTF_8)) {
        String line = says.readLine();
        while (line != null && !line.equals(word)) {
          line = says.readLine();
        }
      } finally {
        other.destroyForcibly().onExit().join();
      }
      if (!Files.exists(file)) {
        assertThat(word).isNotEqualTo("finished");
        make(file.getFileName().toString());
      }
      try (SqliteStore store = SqliteStore.open(file)) {
        assertThat(store.stats().total()).isEqualTo(ROWS);
        assertThat(store.ids(EntryQuery.ALL.withWords("kubernetes"), ROWS)).hasSize(ROWS - 35);
      }
      if (word.equals("added")) {
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".making"));
      }
    }
  }

  /** The process that is killed. */
  public static void main(String[] arguments) throws InterruptedException, IOException {
    try (NewSqliteStore store = NewSqliteStore.begin(Path.of(arguments[0]))) {
      store.insert(rows(), ExistingRows.SKIP);
      System.out.println("added");
      Thread.sleep(200);
      System.out.println("finishing");
      store.finish();
      System.out.println("finished");
      System.in.read();
    }
  }
}
