package dev.memoryconsole.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.ExistingRows;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power cut leaves at worst: of the store everything that was written, of the journal
 * nothing but what the disk was told to keep.
 */
class PowerCutTest {
  @TempDir private Path folder;

  @Test
  void everyWriteThatSurvivesIsKnownToTheJournal() throws Exception {
    Path shim = folder.resolve("synced.so");
    assumeThat(compiled(shim)).as("gcc is there").isTrue();
    Path store = folder.resolve("store.db");
    List<MemoryEntry> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      rows.add(new MemoryEntry("m" + i, "Memory " + i + ".", "fact", "global", 0.5, 1L, "{}", 1));
    }
    try (MemoryStore made = SqliteStore.create(store)) {
      made.insert(rows, ExistingRows.SKIP);
    }
    Path synced =
        runToItsEnd(
            shim,
            PowerCutMain.class,
            store.toString(),
            folder.resolve("journal.db").toString(),
            "150");

    Map<String, String> written =
        read(
            store,
            "SELECT id, json_extract(metadata, '$.upgraded_at') FROM memories"
                + " WHERE json_extract(metadata, '$.upgraded_at') IS NOT NULL");
    Map<String, String> announced =
        read(
            synced.resolve("journal.db"),
            "SELECT id, upgraded_at FROM entries JOIN results ON entry = (run << 32) | position"
                + " WHERE state IN ('COMMITTING', 'UPGRADED') AND written IS NOT NULL");
    assertThat(written).hasSizeGreaterThanOrEqualTo(150);
    assertThat(announced).containsAllEntriesOf(written);
  }

  @Test
  void whatAModelWasPaidForIsKeptOnceItIsWritten() throws Exception {
    Path shim = folder.resolve("synced.so");
    assumeThat(compiled(shim)).as("gcc is there").isTrue();
    Path synced =
        runToItsEnd(shim, PaidAnswersMain.class, folder.resolve("journal.db").toString(), "20");
    assertThat(
            read(
                synced.resolve("journal.db"),
                "SELECT id, enrichment FROM entries JOIN results ON entry = (run << 32) | position"
                    + " WHERE state = 'ENRICHED'"))
        .hasSize(20)
        .containsEntry("m0", "answer 0")
        .containsEntry("m19", "answer 19");
  }

  /** Answers where the journal's files are as the disk was told last. */
  private Path runToItsEnd(Path shim, Class<?> main, String... arguments) throws Exception {
    Path synced = Files.createDirectory(folder.resolve("synced"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder program = new ProcessBuilder(command).inheritIO();
    program
        .environment()
        .putAll(Map.of("LD_PRELOAD", shim.toString(), "SYNCED", synced.toString()));
    assertThat(program.start().waitFor()).isZero();
    return synced;
  }

  private boolean compiled(Path shim) throws Exception {
    Path source = folder.resolve("synced.c");
    try (InputStream in =
        Objects.requireNonNull(PowerCutTest.class.getResourceAsStream("synced.c"))) {
      Files.copy(in, source);
    }
    try {
      return new ProcessBuilder(
                  "gcc", "-w", "-shared", "-fPIC", "-o", shim.toString(), source.toString(), "-ldl")
              .start()
              .waitFor()
          == 0;
    } catch (IOException noCompiler) {
      return false;
    }
  }

  private static Map<String, String> read(Path database, String sql) throws SQLException {
    Map<String, String> found = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        found.put(row.getString(1), row.getString(2));
      }
    }
    return found;
  }
}
