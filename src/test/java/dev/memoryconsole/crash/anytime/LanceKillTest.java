package dev.memoryconsole.crash.anytime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.lance.LanceStore;
import dev.memoryconsole.store.lance.PluginTable;
import dev.memoryconsole.testing.OtherJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The app is killed while it works on the plugin's store, again and again. */
@Tag("crash")
class LanceKillTest {

  @TempDir private Path folder;

  @Test
  void fiveKillsLoseNothing() throws Exception {
    kill(5);
  }

  @Test
  @Tag("long")
  void fiftyKillsLoseNothing() throws Exception {
    kill(50);
  }

  private void kill(int times) throws Exception {
    Random random = new Random(times);
    int killed = 0;
    int underTheLock = 0;
    int round = 0;
    while (killed < times) {
      Path store = PluginTable.copyOfReal(folder.resolve("store" + round));
      Path workspace = folder.resolve("workspace" + round++);
      try (PluginTable plugin = PluginTable.of(store)) {
        Map<String, String> before = plugin.allButMetadata();
        Map<String, MemoryEntry> rows = rows(store);
        boolean done = false;
        while (!done) {
          // Of the milliseconds that 240 rows take in 48 commits.
          long patience = killed < times ? random.nextInt(20, 1_200) : Long.MAX_VALUE;
          done = !KilledProgram.killedAfter(program(store, workspace), patience);
          if (!done) {
            killed++;
            underTheLock += abandonedLock(store) ? 1 : 0;
            letTimePass(store);
          }
          assertThat(plugin.allButMetadata()).isEqualTo(before);
          whatIsWrittenIsWhole(rows, rows(store));
        }
        assertThat(rows(store).values())
            .allMatch(row -> LegacyRule.stateOf(row) != MemoryState.LEGACY);
      }
    }
    System.out.printf("%d kills, %d of them under the lock%n", killed, underTheLock);
    assertThat(leftInTemporaryFolder()).isEmpty();
  }

  private static Map<String, MemoryEntry> rows(Path store) {
    try (LanceStore open = LanceStore.open(store, PluginTable.options())) {
      return open.page(EntryQuery.ALL, 0, 1_000).stream()
          .collect(Collectors.toMap(MemoryEntry::id, Function.identity()));
    }
  }

  /** A row is as it was or carries the whole upgrade. */
  private static void whatIsWrittenIsWhole(
      Map<String, MemoryEntry> before, Map<String, MemoryEntry> now) {
    assertThat(now.keySet()).isEqualTo(before.keySet());
    for (MemoryEntry row : now.values()) {
      if (!row.equals(before.get(row.id()))) {
        assertThat(row.metadata()).contains("\"upgraded_at\"", "\"l2_content\"");
      }
    }
  }

  private ProcessBuilder program(Path store, Path workspace) throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    return new ProcessBuilder(
        OtherJava.command(
            List.of(
                "-Xmx256m",
                "-Djava.io.tmpdir=" + temporary,
                "-Dmemoryconsole.cache=" + Workspace.cache().toAbsolutePath()),
            LanceCrashMain.class.getName(),
            store,
            workspace));
  }

  private static Path artifact(Path store) {
    return store.resolve(".memory-write.lock.lock");
  }

  private static boolean abandonedLock(Path store) {
    return Files.isDirectory(artifact(store));
  }

  /** What the next one would have to wait for; how it finds a dead lock is another test's. */
  private static void letTimePass(Path store) throws IOException {
    Files.deleteIfExists(artifact(store));
  }

  /** SQLite's library, which sweeps its own leftovers, is not ours to judge. */
  private List<String> leftInTemporaryFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.contains("sqlite") && !name.startsWith("hsperf"))
          .toList();
    }
  }
}
