package dev.memoryconsole.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.testing.OtherJava;
import dev.memoryconsole.testing.Programs;
import dev.memoryconsole.testing.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power cut leaves at worst: of the store everything that was written, of the journal
 * nothing but what the disk was told to keep.
 */
@Tag("crash")
class PowerCutTest {
  @TempDir private Path folder;

  @Test
  void everyWriteThatSurvivesIsKnownToTheJournal() throws Exception {
    Path shim = folder.resolve("synced.so");
    assumeThat(Programs.compile(PowerCutTest.class, "synced.c", shim)).as("gcc is there").isTrue();
    Path store = folder.resolve("store.db");
    List<MemoryEntry> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      rows.add(Entries.entry("m" + i, "Memory " + i + ".", "{}"));
    }
    try (SqliteStore made = SqliteStore.create(store)) {
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
        Sql.pairs(
            store,
            "SELECT id, json_extract(metadata, '$.upgraded_at') FROM memories"
                + " WHERE json_extract(metadata, '$.upgraded_at') IS NOT NULL");
    Map<String, String> announced =
        Sql.pairs(
            synced.resolve("journal.db"),
            "SELECT id, upgraded_at FROM entries JOIN results ON entry = (run << 32) | position"
                + " WHERE state IN ('COMMITTING', 'UPGRADED') AND written IS NOT NULL");
    assertThat(written).hasSizeGreaterThanOrEqualTo(150);
    assertThat(announced).containsAllEntriesOf(written);
  }

  @Test
  void whatAModelWasPaidForIsKeptOnceItIsWritten() throws Exception {
    Path shim = folder.resolve("synced.so");
    assumeThat(Programs.compile(PowerCutTest.class, "synced.c", shim)).as("gcc is there").isTrue();
    Path synced =
        runToItsEnd(shim, PaidAnswersMain.class, folder.resolve("journal.db").toString(), "20");
    assertThat(
            Sql.pairs(
                synced.resolve("journal.db"),
                "SELECT id, enrichment FROM entries JOIN results ON entry = (run << 32) | position"
                    + " WHERE state = 'ENRICHED'"))
        .hasSize(20)
        .containsEntry("m0", "answer 0")
        .containsEntry("m19", "answer 19");
  }

  /** Answers where the journal's files are as the disk was told last. */
  private Path runToItsEnd(Path shim, Class<?> main, Object... arguments) throws Exception {
    Path synced = Files.createDirectory(folder.resolve("synced"));
    ProcessBuilder program = new ProcessBuilder(OtherJava.command(main, arguments)).inheritIO();
    program
        .environment()
        .putAll(Map.of("LD_PRELOAD", shim.toString(), "SYNCED", synced.toString()));
    assertThat(program.start().waitFor()).isZero();
    return synced;
  }
}
