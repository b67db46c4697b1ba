package dev.memoryconsole.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.testing.OtherJava;
import dev.memoryconsole.testing.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real program, a file with a trigger that never ends, and a signal. */
@DisabledOnOs(OS.WINDOWS)
@Tag("slow")
class HostileTriggerTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String LOOP =
      "SELECT (WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
          + " SELECT count(*) FROM c)";
  // Hours inside of one function, which SQLite can't be called out of.
  private static final String STUCK =
      "SELECT instr(zeroblob(50000000), zeroblob(1000000) || x'01')";

  @TempDir Path folder;

  private Path store(String trigger, String when) throws SQLException {
    Path store = folder.resolve("theirs.db");
    Sql.run(
        store,
        Sql.THEIR_TABLE,
        "INSERT INTO memories (id, text) VALUES ('m1', 'one'), ('m2', 'two'), ('m3', 'three')",
        "CREATE TRIGGER hostile AFTER UPDATE ON memories " + when + " BEGIN " + trigger + "; END");
    return store;
  }

  private Process upgrade(Path store) throws IOException {
    return java(
        "dev.memoryconsole.Launcher",
        "upgrade",
        store,
        "--no-llm",
        "--workspace",
        folder.resolve("workspace"));
  }

  private Process java(String main, Object... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                OtherJava.command(
                    List.of("-Dglass.platform=Headless", "-Dprism.order=sw"), main, arguments))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said.txt").toFile());
    // Never looked at: the window is drawn in memory.
    builder.environment().put("DISPLAY", ":none");
    return builder.start();
  }

  private String said() {
    try {
      return Files.readString(folder.resolve("said.txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static boolean isTaken(Path store) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 0");
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("ROLLBACK");
      return false;
    } catch (SQLException busy) {
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LOOP, STUCK})
  void aSignalEndsTheProgramWhateverATriggerDoes(String trigger) throws Exception {
    Path store = store(trigger, "");
    assertThatASignalEnds(upgrade(store), store);
  }

  @Test
  void aSignalEndsTheWindowWithWhateverRunsInIt() throws Exception {
    Path store = store(STUCK, "");
    Path workspace = Files.createDirectory(folder.resolve("workspace"));
    Process window = java(WindowWithARun.class.getName(), workspace, store);
    assertThatASignalEnds(window, store);
    // The run is left as by a kill: to be seen as what it is, and to be resumed.
    try (Journal journal = new SqliteJournal(workspace.resolve("journal.db"))) {
      assertThat(journal.runs().latest(store.toRealPath().toString(), 9))
          .extracting(RunRecord::state)
          .containsExactly(RunState.INTERRUPTED);
    }
  }

  private void assertThatASignalEnds(Process process, Path store) throws Exception {
    try {
      // Adoption is over, and its holds are short: this one is the upgrade's.
      await()
          .atMost(LONG)
          .until(
              () -> {
                assertThat(process.isAlive()).as(() -> "alive, having said: " + said()).isTrue();
                return Sql.value(store, "PRAGMA journal_mode").equals("wal") && isTaken(store);
              });
      process.destroy();
      // Five seconds are promised; what more is allowed here is a busy machine's.
      assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(isTaken(store)).isFalse();
    assertThat(Sql.value(store, "PRAGMA integrity_check")).isEqualTo("ok");
    assertThat(Sql.value(store, "SELECT count(*) FROM memories WHERE metadata IS NULL"))
        .isEqualTo("3");
  }

  @Test
  void aTriggerThatNeverEndsForOneRowCostsThatRowAlone() throws Exception {
    Path store = store(LOOP, "WHEN new.id = 'm2'");
    Process process = upgrade(store);
    try {
      assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(folder.resolve("said.txt")).content().contains("the trigger hostile", "given up");
    assertThat(Sql.value(store, "SELECT group_concat(id) FROM memories WHERE metadata IS NULL"))
        .isEqualTo("m2");
  }
}
