package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.memory.SimpleEnrichment;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.testing.Answering;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The main job from the command line, and what narrows it down. */
class UpgradeCommandTest extends CommandLineTestBase {
  @Test
  void theMainJobWorksFromTheCommandLine() throws Exception {
    Answer imported = run("import STORE %s --json", export());
    assertThat(imported.number("added")).isEqualTo(320);

    Answer upgraded = run("upgrade STORE --no-llm --batch-size 10 --json");
    assertThat(upgraded.code()).isZero();
    assertThat(upgraded.number("upgraded")).isEqualTo(240);
    assertThat(upgraded.number("/lock/acquisitions")).isEqualTo(24);
    List<String> names = new ArrayList<>();
    upgraded.json().fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactly(
            "run",
            "selected",
            "upgraded",
            "fallback",
            "skipped",
            "stale",
            "failed",
            "cancelled",
            "elapsed_ms",
            "lock");
    assertThat(upgraded.json().at("/lock/hold_ms/max").isNumber()).isTrue();
    assertThat(upgraded.json().at("/lock/wait_ms/p99").isNumber()).isTrue();

    JsonNode stats = run("stats STORE --json").json();
    assertThat(stats.path("total").intValue()).isEqualTo(320);
    assertThat(stats.path("legacy").intValue()).isZero();
    assertThat(stats.at("/by_scope/global").intValue()).isEqualTo(62);

    JsonNode runs = run("runs STORE --json").json();
    assertThat(runs.at("/runs/0/upgraded").intValue()).isEqualTo(240);
    JsonNode entries = run("runs STORE --run 1 --json").json();
    assertThat(entries.path("entries")).hasSize(240);
  }

  @Test
  void aSnapshotIsToldOfWhereOneIsTaken() throws Exception {
    importExport();
    String told = "A snapshot of about";
    assertThat(run("upgrade STORE --no-llm --dry-run").out()).contains(told);
    assertThat(run("upgrade STORE --no-llm").out()).contains(told);
    // Nothing is left to do, so nothing is copied.
    assertThat(run("upgrade STORE --no-llm").out()).contains("0 selected").doesNotContain(told);
    assertThat(run("upgrade STORE --no-llm --dry-run").out()).doesNotContain(told);
    assertThat(run("snapshots STORE --json").json().path("snapshots")).hasSize(1);
  }

  @Test
  void anUndoTakesBackWhatARunWroteAndAResumeWithNothingToDoSaysSo() throws Exception {
    importExport();
    run("upgrade STORE --no-llm").isDone();
    Answer undone = run("undo STORE --run 1 --json");
    assertThat(undone.code()).isZero();
    assertThat(undone.number("undone")).isEqualTo(240);
    assertThat(run("stats STORE --json").number("legacy")).isEqualTo(240);
    JsonNode runs = run("runs STORE --json").json();
    assertThat(runs.at("/runs/0/kind").textValue()).isEqualTo("undo");
    assertThat(runs.at("/runs/0/of_run").intValue()).isEqualTo(1);

    Answer nothing = run("resume STORE --no-llm --json");
    assertThat(nothing.code()).isZero();
    assertThat(nothing.number("selected")).isZero();
    run("undo STORE --run 77").isRefused("There is no run 77");
  }

  @Test
  void aFallbackIsReportedByTheExitCodeAndRetried() throws Exception {
    importExport();
    AtomicBoolean down = new AtomicBoolean(true);
    enricher =
        new Answering(
            "llm:test",
            entry -> {
              if (down.get()) {
                throw new EnrichmentException(Message.verbatim("the model timed out after 30 s"));
              }
              return new Enriched(SimpleEnrichment.of(entry.text()), Message.NONE);
            });
    Answer first = run("upgrade STORE --no-llm --limit 5 --json");
    assertThat(first.code()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(first.number("fallback")).isEqualTo(5);
    assertThat(run("list STORE --state fallback --json").json().path("total")).hasToString("5");
    down.set(false);
    Answer retry = run("retry STORE --run 1 --no-llm --json");
    assertThat(retry.code()).isZero();
    assertThat(retry.number("upgraded")).isEqualTo(5);
  }

  @Test
  void chosenIdsScopesAndCategoriesAreRespected() throws Exception {
    importExport();
    JsonNode byScope =
        run("upgrade STORE --no-llm --scope global --scope user:zhang --category fact --json")
            .json();
    int chosen = byScope.path("upgraded").intValue();
    assertThat(chosen).isPositive();
    assertThat(run("list STORE --state legacy --json").json().path("total"))
        .hasToString(String.valueOf(240 - chosen));
    Answer byId = run("upgrade STORE --no-llm --ids mem-md-4b79d0:97,nope --json");
    assertThat(byId.number("upgraded")).isEqualTo(1);
    assertThat(byId.number("skipped")).isEqualTo(1);
    assertThat(byId.code()).isEqualTo(1);
    assertThat(byId.err()).contains("There is no entry nope in ");
  }

  @Test
  void batchesAreFixedOrAdaptiveAndRowsCanBeSwapped() throws Exception {
    importExport();
    JsonNode adaptive = run("upgrade STORE --no-llm --limit 20 --json").json();
    assertThat(adaptive.path("batches").path("max_hold_ms").intValue()).isEqualTo(50);
    JsonNode swapped = run("upgrade STORE --no-llm --commit cas --limit 7 --json").json();
    assertThat(swapped.path("upgraded").intValue()).isEqualTo(7);
    assertThat(swapped.path("lock").path("acquisitions").intValue()).isEqualTo(7);
    assertThat(swapped.path("batches").path("reason").textValue()).isEqualTo("one_by_one");
    JsonNode fixed = run("upgrade STORE --no-llm --batch-size 4 --limit 8 --json").json();
    assertThat(fixed.path("lock").path("acquisitions").intValue()).isEqualTo(2);
    assertThat(fixed.has("batches")).isFalse();
  }

  private void settings(String json) throws Exception {
    Path workspace = Files.createDirectories(folder.resolve("workspace"));
    Files.writeString(workspace.resolve("settings.json"), json);
  }

  @Test
  void theSettingsSayHowTheLockIsTakenUnlessAnOptionDoes() throws Exception {
    importExport();
    settings("{\"locking\":{\"commit\":\"cas\"}}");
    JsonNode swapped = run("upgrade STORE --no-llm --limit 7 --json").json();
    assertThat(swapped.path("lock").path("acquisitions").intValue()).isEqualTo(7);
    JsonNode undone = run("undo STORE --run 1 --json").json();
    assertThat(undone.path("lock").path("acquisitions").intValue()).isEqualTo(7);
    JsonNode bounded = run("upgrade STORE --no-llm --max-hold-ms 30 --limit 7 --json").json();
    assertThat(bounded.path("batches").path("max_hold_ms").intValue()).isEqualTo(30);

    settings("{\"locking\":{\"batchSize\":4}}");
    JsonNode fixed = run("upgrade STORE --no-llm --limit 8 --json").json();
    assertThat(fixed.path("lock").path("acquisitions").intValue()).isEqualTo(2);
    JsonNode other = run("upgrade STORE --no-llm --batch-size 8 --limit 8 --json").json();
    assertThat(other.path("lock").path("acquisitions").intValue()).isEqualTo(1);

    settings("{\"locking\":{\"maxHoldMillis\":20,\"batchSize\":-1,\"commit\":\"never heard\"}}");
    JsonNode adaptive = run("upgrade STORE --no-llm --limit 20 --json").json();
    assertThat(adaptive.path("batches").path("max_hold_ms").intValue()).isEqualTo(20);
  }

  @Test
  void aDryRunShowsTheDiffsAndWritesNothing() throws Exception {
    importExport();
    Answer before = run("stats STORE --json");
    JsonNode preview = run("upgrade STORE --no-llm --dry-run --json").json();
    assertThat(preview.path("selected").intValue()).isEqualTo(240);
    assertThat(preview.at("/previews/0/diff").size()).isGreaterThan(10);
    assertThat(run("stats STORE --json").out()).isEqualTo(before.out());
    assertThat(run("runs STORE --json").json().path("runs")).isEmpty();
  }

  @Test
  void showAndDiffTellWhatHappenedToAnEntry() throws Exception {
    importExport();
    run("upgrade STORE --no-llm --ids mem-md-4b79d0:97");
    JsonNode shown = run("show STORE mem-md-4b79d0:97 --json").json();
    assertThat(shown.path("state").textValue()).isEqualTo("upgraded");
    assertThat(shown.at("/history/0/state").textValue()).isEqualTo("upgraded");
    JsonNode diff = run("diff STORE mem-md-4b79d0:97 --json").json();
    assertThat(diff.path("diff"))
        .anySatisfy(
            key -> {
              assertThat(key.path("key").textValue()).isEqualTo("memory_category");
              assertThat(key.path("kind").textValue()).isEqualTo("added");
              assertThat(key.path("written").textValue()).isEqualTo("preferences");
            });
    JsonNode patch = run("diff STORE mem-md-4b79d0:97 --patch").json();
    assertThat(patch.isArray()).isTrue();
    assertThat(patch)
        .anySatisfy(
            step ->
                assertThat(step)
                    .hasToString(
                        "{\"op\":\"add\",\"path\":\"/memory_category\",\"value\":\"preferences\"}"));
  }

  @Test
  void idsAndOtherChoicesAreJoinedByAnd() throws Exception {
    importExport();
    JsonNode result =
        run("upgrade STORE --no-llm --ids mem-md-4b79d0:97 --category decision --json").json();
    assertThat(result.path("selected").intValue()).isZero();
  }

  @Test
  void aRunIsReportedAsAPageAndAsATable() throws Exception {
    importExport();
    run("upgrade STORE --no-llm").isDone();
    Path html = folder.resolve("run.html");
    Path csv = folder.resolve("run.csv");
    Answer said = run("report STORE --run 1 --html %s --csv %s --json", html, csv);
    said.isDone();
    assertThat(said.json().path("html").textValue()).isEqualTo(html.toString());
    assertThat(html).content().contains("Run 1 · upgrade", "<b>240</b> upgraded");
    assertThat(csv).content().hasLineCount(241);
    run("report STORE --run 1").isBadUsage("--html", "--csv");
    run("report STORE --run 7 --html %s", html).isRefused("There is no run 7 of ");
    assertThat(html).content().contains("Run 1 · upgrade");
  }
}
