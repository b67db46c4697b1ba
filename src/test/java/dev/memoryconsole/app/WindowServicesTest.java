package dev.memoryconsole.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.exchange.ExchangeException;
import dev.memoryconsole.exchange.ExportFormat;
import dev.memoryconsole.files.OpenDatabases;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.python.PythonAgent;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.RowInsertion;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.testing.OtherJava;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the window does with files, beside agents and other windows. */
@Tag("slow")
class WindowServicesTest {
  @TempDir private Path folder;
  private Workspace workspace;
  private WindowServices window;

  @BeforeEach
  void make() throws Exception {
    workspace = new Workspace(Files.createDirectory(folder.resolve("workspace")));
    window = window(workspace);
  }

  static WindowServices window(Workspace workspace) {
    return new WindowServices(
        new Assembly(new SimpleEnricher(), Clock.systemUTC()),
        workspace,
        new SettingsFile(workspace.settings()),
        Clock.systemUTC(),
        new ServedMetrics(),
        workspace.directory().resolve("openclaw.json"));
  }

  private Path store(String name) throws InterruptedException {
    Path file = folder.resolve(name);
    try (SqliteStore store = SqliteStore.create(file)) {
      store.insert(List.of(Entries.entry("first", "Text.", null)), ExistingRows.SKIP);
    }
    return file;
  }

  @Test
  void anOpeningThatNobodyWaitsForAnyMoreClosesWhatItOpened() throws Exception {
    Path file = store("store.db");
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> window.open(StoreLocation.of(file)))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(OpenDatabases.isOpen(file)).isFalse();
    assertThat(OpenDatabases.isOpen(workspace.journal())).isFalse();
    assertThat(window.recent()).isEmpty();
    // The agent is alone now, as it can tell: what it leaves behind is one file.
    try (PythonAgent agent = PythonAgent.on(file)) {
      agent.tell("insert", "agent", 3);
    }
    assertThat(Path.of(file + "-wal")).doesNotExist();
    try (Upgrades opened = window.open(StoreLocation.of(file))) {
      assertThat(opened.store().count(EntryQuery.ALL)).isEqualTo(4);
    }
  }

  @Test
  void nothingIsExportedOverAStoreThatIsOpen() throws Exception {
    Path source = store("source.db");
    Path other = store("other.db");
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), other);
    Path twin = Files.createLink(folder.resolve("twin.json"), other);
    try (Upgrades from = window.open(StoreLocation.of(source));
        Upgrades open = window.open(StoreLocation.of(other))) {
      // So that it has a log.
      ((RowInsertion) open.store())
          .insert(List.of(Entries.entry("second", "Text.", null)), ExistingRows.SKIP);
      for (Path target :
          List.of(
              source,
              other,
              link,
              twin,
              Path.of(source + "-wal"),
              Path.of(other + "-wal"),
              Path.of(other + "-shm"),
              workspace.journal())) {
        assertThatThrownBy(
                () ->
                    window.exportFrom(from, EntryQuery.ALL, target, ExportFormat.JSON, rows -> {}))
            .as("over %s", target)
            .isInstanceOf(ExchangeException.class)
            .hasMessageContaining("nothing was written");
      }
      try (PythonAgent agent = PythonAgent.on(other)) {
        agent.tell("insert", "agent", 3);
        assertThat(agent.tell("check", "agent")).isEqualTo("checked 3 ok");
      }
      assertThat(open.store().count(EntryQuery.ALL)).isEqualTo(5);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith(".export"));
    }
  }

  @Test
  void windowsThatMakeTheDemoAtOnceShareOne() throws Exception {
    List<Process> others = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        others.add(OtherJava.start(DemoWindow.class, workspace.directory()));
      }
      List<BufferedReader> answers = new ArrayList<>();
      for (Process other : others) {
        answers.add(other.inputReader());
      }
      // All are there now, and none has begun.
      for (BufferedReader answer : answers) {
        assertThat(answer.readLine()).isEqualTo("ready");
      }
      for (Process other : others) {
        other.outputWriter().append('\n').flush();
      }
      // Each writes a row of its own into the file that it has open.
      for (BufferedReader answer : answers) {
        assertThat(answer.readLine()).isEqualTo("written");
      }
      List<String> rows = new ArrayList<>();
      for (Process other : others) {
        other.outputWriter().append('\n').flush();
      }
      for (BufferedReader answer : answers) {
        rows.add(answer.readLine());
      }
      try (SqliteStore demo = SqliteStore.open(workspace.demoStore())) {
        assertThat(demo.count(EntryQuery.ALL.withCategories(Set.of("window")))).isEqualTo(2);
        String all = String.valueOf(demo.count(EntryQuery.ALL));
        assertThat(rows).containsExactly(all, all);
      }
    } finally {
      others.forEach(Process::destroyForcibly);
    }
    try (Stream<Path> files = Files.list(workspace.directory())) {
      assertThat(files)
          .noneMatch(
              file -> Files.isDirectory(file) && file.getFileName().toString().startsWith("demo"));
    }
  }

  /** Another window, as far as the demo goes. */
  static final class DemoWindow {
    private DemoWindow() {}

    /** That process. */
    public static void main(String[] arguments) throws Exception {
      WindowServices window = window(new Workspace(Path.of(arguments[0])));
      System.out.println("ready");
      System.in.read();
      try (Upgrades demo = window.openDemo()) {
        ((RowInsertion) demo.store())
            .insert(
                List.of(
                    new MemoryEntry(
                        "window-" + ProcessHandle.current().pid(),
                        "Text.",
                        "window",
                        "global",
                        0.5,
                        1L,
                        null,
                        1)),
                ExistingRows.SKIP);
        System.out.println("written");
        System.in.read();
        System.out.println(demo.store().count(EntryQuery.ALL));
      }
    }
  }
}
