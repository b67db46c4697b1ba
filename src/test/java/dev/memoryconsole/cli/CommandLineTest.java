package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.testing.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Sql.run(
        theirs,
        "CREATE TABLE memories (id TEXT PRIMARY KEY, text, category, scope, importance,"
            + " timestamp, metadata)",
        "INSERT INTO memories (id, text, metadata) VALUES ('b', 'x', x'7B7D'),"
            + " (CAST(x'FF' AS TEXT), 'x', NULL), (NULL, 'x', NULL),"
            + " ('u', 'x', CAST(x'7B2261223A22FF227D' AS TEXT))");
    String before = Sql.value(theirs, rows);
    Sql.run(theirs, "INSERT INTO memories (id, text) VALUES ('a', 'x')");
    Answer upgraded = run("upgrade %s --no-llm --json", theirs);
    assertThat(upgraded.code()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(upgraded.number("upgraded")).isEqualTo(1);
    assertThat(upgraded.number("failed")).isEqualTo(4);
    assertThat(upgraded.number("skipped")).isZero();
    assertThat(run("undo %s --run 1", theirs).code()).isNotEqualTo(ExitCode.REFUSED);
    assertThat(Sql.value(theirs, rows + " WHERE id IS NOT 'a'")).isEqualTo(before);
    assertThat(Sql.value(theirs, "SELECT typeof(metadata) FROM memories WHERE id = 'a'"))
        .isEqualTo("null");
    assertThat(run("stats %s --json", theirs).number("total")).isEqualTo(5);
    assertThat(run("export %s %s", theirs, folder.resolve("out.json")).code())
        .isEqualTo(ExitCode.INCOMPLETE);
  }

  @Test
  void exportWritesEveryRow() throws Exception {
    importExport();
    Path out = folder.resolve("out.jsonl");
    run("export STORE %s", out).isDone();
    assertThat(Files.readAllLines(out)).hasSize(320);
    assertThat(run("export STORE %s", out).code()).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void theStoreItselfIsNeverTheTargetOfAnExport() throws Exception {
    importExport();
    assertThat(run("export STORE STORE --force").code()).isEqualTo(ExitCode.REFUSED);
    assertThat(run("stats STORE --json").number("total")).isEqualTo(320);
  }

  @Test
  void aStoreHasOneHistoryHoweverItsPathIsWritten() throws Exception {
    importExport();
    run("upgrade STORE --no-llm --limit 1");
    String roundabout = folder.resolve("workspace/../store.db").toString();
    assertThat(run("runs %s --json", roundabout).json().path("runs")).hasSize(1);
  }

  @Test
  void garbageLeavesNoEmptyStoreBehind() throws Exception {
    Path garbage = Files.writeString(folder.resolve("garbage"), "nothing of ours");
    Path fresh = folder.resolve("fresh.db");
    assertThat(run("import %s %s", fresh, garbage).code()).isEqualTo(ExitCode.REFUSED);
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
  void badUsageAndBadInputGetOneSentenceAndExitCodeTwo(String line) throws Exception {
    importExport();
    Answer result = run(line.replace("EXPORT", "%s"), export());
    assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(result.err()).startsWith("memory-console: ").doesNotContain("Exception");
    assertThat(result.err().lines().count()).isBetween(1L, 2L);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void aStoreIsRestoredFromASnapshotAndTheRestoreTakenBack() throws Exception {
    importExport();
    assertThat(run("snapshots STORE").out()).startsWith("0 snapshots in ");
    JsonNode taken = run("snapshot STORE --json").json();
    assertThat(taken.path("cause").textValue()).isEqualTo("manual");
    assertThat(Path.of(taken.path("file").textValue())).exists();
    run("upgrade STORE --no-llm").isDone();
    String name = taken.path("snapshot").textValue();
    JsonNode restored = run("restore STORE --snapshot %s --json", name).json();
    assertThat(restored.path("restored").textValue()).isEqualTo(name);
    assertThat(restored.path("memories").intValue()).isEqualTo(320);
    assertThat(run("stats STORE --json").number("legacy")).isEqualTo(240);
    String safetyCopy = restored.path("safety_copy").textValue();
    Answer back = run("restore STORE --snapshot %s", safetyCopy);
    assertThat(back.code()).isZero();
    assertThat(back.out()).contains("320 memories.", "restore that one to take this back.");
    assertThat(run("stats STORE --json").number("legacy")).isZero();
    JsonNode list = run("snapshots STORE --json").json().path("snapshots");
    assertThat(list.findValuesAsText("cause")).contains("restore", "manual");
    assertThat(list.findValuesAsText("snapshot")).contains(name, safetyCopy);
    assertThat(run("snapshots STORE").out()).contains("asked for", "before a restore");
    assertThat(run("runs STORE").out())
        .containsPattern(
            "   2  .*  restore  completed    snapshot %s; what was there before is in %s\n"
                .formatted(name, safetyCopy));
    JsonNode run = run("runs STORE --run 2 --json").json();
    assertThat(run.path("snapshot").textValue()).isEqualTo(name);
    assertThat(run.path("safety_copy").textValue()).isEqualTo(safetyCopy);
    for (String command :
        List.of("undo --run 2", "resume --no-llm --run 2", "retry --no-llm --run 2")) {
      run(command + " STORE").isRefused("restore the snapshot " + safetyCopy);
    }
  }

  @Test
  void aStoreThatIsGoneComesBackFromItsSnapshot() throws Exception {
    importExport();
    String name = run("snapshot STORE --json").json().path("snapshot").textValue();
    Files.delete(store);
    run("restore STORE --snapshot yesterday").isRefused("There is no snapshot yesterday of ");
    assertThat(store).doesNotExist();
    run("restore STORE --snapshot %s", name).isDone();
    assertThat(run("stats STORE --json").number("total")).isEqualTo(320);
  }
}
