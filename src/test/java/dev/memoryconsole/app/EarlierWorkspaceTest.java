package dev.memoryconsole.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.cli.Answer;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.settings.Settings;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.settings.look.Theme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store and a workspace as version 0.1.0 left them (commit 9e2b323: a store of ten memories, two
 * upgrades, the second of them undone, snapshots, settings), looked at and worked on by this
 * version.
 */
class EarlierWorkspaceTest {
  private static final String FOLDER = "/dev/memoryconsole/app/workspace-0.1/";

  @TempDir Path folder;
  private Path store;
  private Path workspace;

  @BeforeEach
  void moveHere() throws Exception {
    unpack();
    store = folder.resolve("agent.db").toRealPath();
    workspace = folder.resolve("workspace");
    // Where a store is, is in its journal: as if it had always been here.
    try (Connection journal =
        DriverManager.getConnection("jdbc:sqlite:" + workspace.resolve("journal.db"))) {
      for (String sql : List.of("UPDATE runs SET store = ?", "UPDATE lock_stores SET path = ?")) {
        try (PreparedStatement update = journal.prepareStatement(sql)) {
          update.setString(1, store.toString());
          assertThat(update.executeUpdate()).isPositive();
        }
      }
    }
    moveSnapshots();
  }

  private void inJournal(String... statements) throws SQLException {
    try (Connection journal =
            DriverManager.getConnection("jdbc:sqlite:" + workspace.resolve("journal.db"));
        Statement statement = journal.createStatement()) {
      for (String sql : statements) {
        assertThat(statement.executeUpdate(sql)).as(sql).isEqualTo(1);
      }
    }
  }

  private void unpack() throws IOException {
    try (InputStream file = getClass().getResourceAsStream(FOLDER + "workspace.zip");
        ZipInputStream in = new ZipInputStream(Objects.requireNonNull(file))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path to = folder.resolve(entry.getName()).normalize();
        Files.createDirectories(to.getParent());
        Files.copy(in, to);
      }
    }
  }

  /** A store's snapshots are in a folder named after its place. */
  private void moveSnapshots() throws IOException {
    Path snapshots = workspace.resolve("snapshots");
    Path before = only(snapshots);
    Path aside = folder.resolve("snapshots-before");
    Files.move(before, aside);
    run("snapshot");
    Path now = only(snapshots);
    try (Stream<Path> files = Files.list(aside)) {
      for (Path file : files.toList()) {
        Files.move(file, now.resolve(file.getFileName()));
      }
    }
  }

  /** Runs a command on the store, which has to end well, and answers what it says. */
  private String run(String command, String... more) {
    Answer answer =
        Answer.of(
            folder,
            new SimpleEnricher(),
            Stream.concat(Stream.of(command, store.toString()), Stream.of(more))
                .toArray(String[]::new));
    assertThat(answer.code()).as(answer.err()).isZero();
    return answer.out();
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  @Test
  void runsAreListedAndUndone() {
    assertThat(run("runs")).contains("undo", "2 undone", "4 selected, 3 upgraded", "3 runs.");
    assertThat(run("stats")).contains("10 memories: 6 legacy, 4 upgraded");
    assertThat(run("undo", "--run", "1")).contains("3 undone");
    assertThat(run("stats")).contains("10 memories: 9 legacy, 1 upgraded");
  }

  @Test
  void whatIsLeftIsUpgradedAndBothAreTold() {
    run("upgrade", "--no-llm");
    assertThat(run("stats")).contains("10 memories: 0 legacy, 10 upgraded");
    assertThat(run("runs")).contains("4 runs.");
    assertThat(run("locks")).contains("run");
    run("verify");
  }

  @Test
  void whatARunWroteIsShownKeyByKey() throws Exception {
    assertThat(run("diff", "5abba357-9b4e-46cb-95d9-9f61fd76b276", "--run", "1"))
        .contains("memory_category", "l1_overview", "upgraded_at");
    // Its undo is a run too, and shows the same keys the other way round.
    assertThat(run("diff", "fc540ecd-c792-4b46-8ca4-737b44b11f01", "--run", "3"))
        .contains("memory_category", "upgraded_at");
  }

  @Test
  void aRunThatWasKilledThenIsFinishedNow() throws Exception {
    // As a kill leaves one: a write that nobody wrote down any more, and two that did not come yet.
    inJournal(
        "UPDATE runs SET state = 'RUNNING', finished_at = NULL, selected = 6 WHERE id = 1",
        "UPDATE entries SET state = 'COMMITTING', finished_at = NULL"
            + " WHERE run = 1 AND id = '5abba357-9b4e-46cb-95d9-9f61fd76b276'",
        "INSERT INTO entries (run, position, id, state)"
            + " VALUES (1, 4, 'e31b5310-5e4a-4d18-82e2-8374e3ebea45', 'QUEUED')",
        "INSERT INTO entries (run, position, id, state, started_at)"
            + " VALUES (1, 5, '112bea6d-5528-4bad-a0d3-d0d2ed0b137b', 'ENRICHING', 1795907037300)");
    assertThat(run("resume", "--no-llm")).contains("Run 1 completed", "6 selected, 5 upgraded");
    assertThat(run("stats")).contains("10 memories: 4 legacy, 6 upgraded");
    // What was taken for written was: it is taken back with the others.
    assertThat(run("undo", "--run", "1")).contains("5 undone");
  }

  @Test
  void snapshotsAreListedAndRestored() throws Exception {
    assertThat(run("snapshots")).contains("20261128-230345-212-manual", "run-1", "run-2", "run-3");
    run("restore", "--snapshot", "20261128-230345-212-manual");
    assertThat(run("stats")).contains("10 memories: 9 legacy");
  }

  @Test
  void settingsAreKept() {
    Settings settings = new SettingsFile(workspace.resolve("settings.json")).load();
    assertThat(settings.theme()).isEqualTo(Theme.DARK);
    assertThat(settings.snapshotsKeptOrDefault()).isEqualTo(7);
    assertThat(settings.recentOrDefault()).containsExactly("/tmp/mc01/agent.db");
    assertThat(Objects.requireNonNull(settings.model()).model()).isEqualTo("gpt-x");
    assertThat(settings.model().budget()).isEqualByComparingTo("2.50");
    assertThat(settings.model().redact()).isTrue();
  }
}
