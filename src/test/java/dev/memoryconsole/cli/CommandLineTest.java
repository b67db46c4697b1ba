package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.cli.output.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands over a store and its files, and the sentence and exit code for what they refuse. */
class CommandLineTest extends CommandLineTestBase {
  @Test
  void rowsThatNoStringHoldsAreCountedNamedAndLeft() throws Exception {
    Path theirs = folder.resolve("theirs.db");
    String rows = "SELECT group_concat(hex(id) || hex(metadata) || typeof(metadata)) FROM memories";
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + theirs);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "CREATE TABLE memories (id TEXT PRIMARY KEY, text, category, scope, importance,"
              + " timestamp, metadata)");
      statement.executeUpdate(
          "INSERT INTO memories (id, text, metadata) VALUES ('b', 'x', x'7B7D'),"
              + " (CAST(x'FF' AS TEXT), 'x', NULL), (NULL, 'x', NULL),"
              + " ('u', 'x', CAST(x'7B2261223A22FF227D' AS TEXT))");
      String before;
      try (ResultSet row = statement.executeQuery(rows)) {
        before = row.getString(1);
      }
      statement.executeUpdate("INSERT INTO memories (id, text) VALUES ('a', 'x')");
      Answer upgraded = run("upgrade", theirs.toString(), "--no-llm", "--json");
      assertThat(upgraded.code()).isEqualTo(ExitCode.INCOMPLETE);
      assertThat(upgraded.json().path("upgraded").intValue()).isEqualTo(1);
      assertThat(upgraded.json().path("failed").intValue()).isEqualTo(4);
      assertThat(upgraded.json().path("skipped").intValue()).isZero();
      assertThat(run("undo", theirs.toString(), "--run", "1").code())
          .isNotEqualTo(ExitCode.REFUSED);
      try (ResultSet row = statement.executeQuery(rows + " WHERE id IS NOT 'a'")) {
        assertThat(row.getString(1)).isEqualTo(before);
      }
      try (ResultSet row =
          statement.executeQuery("SELECT typeof(metadata) FROM memories WHERE id = 'a'")) {
        assertThat(row.getString(1)).isEqualTo("null");
      }
    }
    assertThat(run("stats", theirs.toString(), "--json").json().path("total").intValue())
        .isEqualTo(5);
    assertThat(run("export", theirs.toString(), folder.resolve("out.json").toString()).code())
        .isEqualTo(ExitCode.INCOMPLETE);
  }

  @Test
  void exportWritesEveryRow() throws Exception {
    importExport();
    Path out = folder.resolve("out.jsonl");
    assertThat(run("export", store.toString(), out.toString()).code()).isZero();
    assertThat(Files.readAllLines(out)).hasSize(320);
    assertThat(run("export", store.toString(), out.toString()).code()).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void theStoreItselfIsNeverTheTargetOfAnExport() throws Exception {
    importExport();
    assertThat(run("export", store.toString(), store.toString(), "--force").code())
        .isEqualTo(ExitCode.REFUSED);
    assertThat(run("stats", store.toString(), "--json").json().path("total").intValue())
        .isEqualTo(320);
  }

  @Test
  void aStoreHasOneHistoryHoweverItsPathIsWritten() {
    importExport();
    run("upgrade", store.toString(), "--no-llm", "--limit", "1");
    String roundabout = folder.resolve("workspace/../store.db").toString();
    assertThat(run("runs", roundabout, "--json").json().path("runs")).hasSize(1);
  }

  @Test
  void garbageLeavesNoEmptyStoreBehind() throws Exception {
    Path garbage = Files.writeString(folder.resolve("garbage"), "nothing of ours");
    Path fresh = folder.resolve("fresh.db");
    assertThat(run("import", fresh.toString(), garbage.toString()).code())
        .isEqualTo(ExitCode.REFUSED);
    assertThat(fresh).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stats /nowhere/store.db",
        "bogus",
        "upgrade STORE",
        "upgrade STORE --no-llm --batch-size 0",
        "upgrade STORE --no-llm --max-hold-ms 0",
        "upgrade STORE --no-llm --max-hold-ms 20 --batch-size 5",
        "upgrade STORE --no-llm --max-hold-ms 20 --commit cas",
        "lab STORE --entries 0",
        "lab STORE --json --markdown",
        "upgrade STORE --no-llm --batch-size many",
        "list STORE --limit -1",
        "list STORE --state sleeping",
        "show STORE nobody",
        "diff STORE nobody",
        "runs STORE --run 99",
        "retry STORE --run 99 --no-llm",
        "import STORE /nowhere/export.json",
        "stats EXPORT"
      })
  void badUsageAndBadInputGetOneSentenceAndExitCodeTwo(String line) {
    importExport();
    Answer result =
        run(
            line.replace("STORE", store.toString())
                .replace("EXPORT", export.toString())
                .split(" "));
    assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(result.err()).startsWith("memory-console: ").doesNotContain("Exception");
    assertThat(result.err().lines().count()).isBetween(1L, 2L);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void aStoreIsRestoredFromASnapshotAndTheRestoreTakenBack() {
    importExport();
    String path = store.toString();
    assertThat(run("snapshots", path).out()).startsWith("0 snapshots in ");
    JsonNode taken = run("snapshot", path, "--json").json();
    assertThat(taken.path("cause").textValue()).isEqualTo("manual");
    assertThat(Path.of(taken.path("file").textValue())).exists();
    assertThat(run("upgrade", path, "--no-llm").code()).isZero();
    String name = taken.path("snapshot").textValue();
    JsonNode restored = run("restore", path, "--snapshot", name, "--json").json();
    assertThat(restored.path("restored").textValue()).isEqualTo(name);
    assertThat(restored.path("memories").intValue()).isEqualTo(320);
    assertThat(run("stats", path, "--json").json().path("legacy").intValue()).isEqualTo(240);
    String safetyCopy = restored.path("safety_copy").textValue();
    Answer back = run("restore", path, "--snapshot", safetyCopy);
    assertThat(back.code()).isZero();
    assertThat(back.out()).contains("320 memories.", "restore that one to take this back.");
    assertThat(run("stats", path, "--json").json().path("legacy").intValue()).isZero();
    JsonNode list = run("snapshots", path, "--json").json().path("snapshots");
    assertThat(list.findValuesAsText("cause")).contains("restore", "manual");
    assertThat(list.findValuesAsText("snapshot")).contains(name, safetyCopy);
    assertThat(run("snapshots", path).out()).contains("asked for", "before a restore");
    assertThat(run("runs", path).out())
        .containsPattern(
            "   2  .*  restore  completed    snapshot %s; what was there before is in %s\n"
                .formatted(name, safetyCopy));
    JsonNode run = run("runs", path, "--run", "2", "--json").json();
    assertThat(run.path("snapshot").textValue()).isEqualTo(name);
    assertThat(run.path("safety_copy").textValue()).isEqualTo(safetyCopy);
    for (String command :
        List.of("undo --run 2", "resume --no-llm --run 2", "retry --no-llm --run 2")) {
      Answer refused = run((command + " " + path).split(" "));
      assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
      assertThat(refused.err()).contains("restore the snapshot " + safetyCopy).hasLineCount(1);
    }
  }

  @Test
  void aStoreThatIsGoneComesBackFromItsSnapshot() throws Exception {
    importExport();
    String name = run("snapshot", store.toString(), "--json").json().path("snapshot").textValue();
    Files.delete(store);
    Answer wrong = run("restore", store.toString(), "--snapshot", "yesterday");
    assertThat(wrong.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(wrong.err()).contains("There is no snapshot yesterday of ").hasLineCount(1);
    assertThat(store).doesNotExist();
    assertThat(run("restore", store.toString(), "--snapshot", name).code()).isZero();
    assertThat(run("stats", store.toString(), "--json").json().path("total").intValue())
        .isEqualTo(320);
  }
}
