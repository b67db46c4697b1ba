package dev.memoryconsole.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.python.PythonAgent;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.testing.OtherJava;
import dev.memoryconsole.testing.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program on stores that it may read and not write, as a user to whom permissions apply. */
@DisabledOnOs(OS.WINDOWS)
@Tag("slow")
class ReadOnlyStoreTest {
  private static final List<String> LOOKS = List.of("stats", "list", "show", "runs");

  @TempDir private Path folder;

  private Path in(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name)).resolve("store.db");
  }

  private Path ours(String name) throws Exception {
    Path file = in(name);
    try (SqliteStore store = SqliteStore.create(file)) {
      store.insert(List.of(Entries.entry("m1", "A bridge.", null)), ExistingRows.SKIP);
    }
    return file;
  }

  private Path theirs(String name, String journal) throws Exception {
    Path file = in(name);
    Sql.run(
        file,
        "PRAGMA journal_mode = " + journal,
        Sql.THEIR_TABLE,
        "INSERT INTO memories (id, text) VALUES ('m1', 'A bridge.')");
    return file;
  }

  private static void forbid(Path path) throws IOException {
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "r-xr-xr-x" : "r--r--r--"));
  }

  // Or what is in it can't be removed.
  @AfterEach
  void allow() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(Files::isDirectory).toList()) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  @Test
  void whatMayNotBeWrittenIsLookedAtAndNotChanged() throws Exception {
    List<Path> stores =
        List.of(
            ours("ours-file"),
            ours("ours-folder"),
            theirs("theirs-file", "DELETE"),
            theirs("theirs-folder", "DELETE"),
            theirs("log-file", "WAL"),
            theirs("log-folder", "WAL"));
    List<byte[]> before = new ArrayList<>();
    for (Path store : stores) {
      before.add(Files.readAllBytes(store));
      forbid(isOfFile(store) ? store : folderOf(store));
    }
    String said = console(stores);
    for (int i = 0; i < stores.size(); i++) {
      assertThat(said).as(said).contains(stores.get(i) + " looked at: 0 0 0 0, upgrade 2");
      assertThat(Files.readAllBytes(stores.get(i))).isEqualTo(before.get(i));
      try (Stream<Path> beside = Files.list(folderOf(stores.get(i)))) {
        assertThat(beside).containsExactly(stores.get(i));
      }
    }
    assertThat(said.lines().filter(line -> line.contains("is read-only, so that its memories")))
        .hasSize(stores.size());
  }

  private static boolean isOfFile(Path store) {
    return folderOf(store).toString().endsWith("-file");
  }

  private static Path folderOf(Path store) {
    return store.resolveSibling("").toAbsolutePath();
  }

  @Test
  void whatAnAgentWritesIsSeenThoughTheFolderIsReadOnly() throws Exception {
    Path store = ours("shared");
    try (PythonAgent agent = PythonAgent.on(store)) {
      agent.tell("flood", "agent", 5);
      while (agent.tell("written").equals("written 0")) {
        Thread.onSpinWait();
      }
      forbid(folderOf(store));
      assertThat(console(List.of(store))).contains(" looked at: 0 0 0 0, upgrade 2");
      int written = Integer.parseInt(agent.tell("stop").replace("stopped ", ""));
      assertThat(agent.tell("check", "agent")).isEqualTo("checked " + written + " ok");
    }
  }

  /** What a console says that looks at these, one after the other. */
  private String console(List<Path> stores) throws Exception {
    List<String> command = new ArrayList<>();
    if (Files.isWritable(stores.getFirst()) && Files.isWritable(folderOf(stores.getFirst()))) {
      // Root may do all that, unless the capability for it is taken away.
      command.addAll(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"));
    }
    command.addAll(OtherJava.command(Looking.class, folder.resolve("workspace")));
    stores.forEach(store -> command.add(store.toString()));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException noSetpriv) {
      return Assumptions.abort("this user may write everything");
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  /** That console: of a workspace, and stores. */
  static final class Looking {
    private Looking() {}

    /** That process. */
    public static void main(String[] arguments) {
      for (int i = 1; i < arguments.length; i++) {
        String store = arguments[i];
        List<String> exits = new ArrayList<>();
        for (String look : LOOKS) {
          exits.add(
              String.valueOf(
                  look.equals("show")
                      ? Bootstrap.run(look, store, "m1", "--workspace", arguments[0])
                      : Bootstrap.run(look, store, "--workspace", arguments[0])));
        }
        int upgrade = Bootstrap.run("upgrade", store, "--no-llm", "--workspace", arguments[0]);
        System.out.println(
            store + " looked at: " + String.join(" ", exits) + ", upgrade " + upgrade);
      }
    }
  }
}
