package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.enrich.llm.FakeEndpoint;
import dev.memoryconsole.memory.SimpleEnrichment;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.testing.Answering;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands over a real store, from the real export. */
class CommandLineTest {
  @TempDir private Path folder;
  private Path store;
  private Path export;
  private Enricher enricher = new SimpleEnricher();

  @BeforeEach
  void copyExport() throws Exception {
    store = folder.resolve("store.db");
    export = folder.resolve("plugin-export.json");
    try (InputStream in =
        Objects.requireNonNull(
            CommandLineTest.class.getResourceAsStream(
                "/dev/memoryconsole/exchange/plugin-export.json"))) {
      Files.copy(in, export);
    }
  }

  private Answer run(String... arguments) {
    return Answer.of(folder, enricher, arguments);
  }

  private void importExport() {
    assertThat(run("import", store.toString(), export.toString()).code()).isZero();
  }

  @Test
  void theMainJobWorksFromTheCommandLine() {
    Answer imported = run("import", store.toString(), export.toString(), "--json");
    assertThat(imported.json().path("added").intValue()).isEqualTo(320);

    Answer upgraded = run("upgrade", store.toString(), "--no-llm", "--batch-size", "10", "--json");
    assertThat(upgraded.code()).isZero();
    assertThat(upgraded.json().path("upgraded").intValue()).isEqualTo(240);
    assertThat(upgraded.json().at("/lock/acquisitions").intValue()).isEqualTo(24);
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

    JsonNode stats = run("stats", store.toString(), "--json").json();
    assertThat(stats.path("total").intValue()).isEqualTo(320);
    assertThat(stats.path("legacy").intValue()).isZero();
    assertThat(stats.at("/by_scope/global").intValue()).isEqualTo(62);

    JsonNode runs = run("runs", store.toString(), "--json").json();
    assertThat(runs.at("/runs/0/upgraded").intValue()).isEqualTo(240);
    JsonNode entries = run("runs", store.toString(), "--run", "1", "--json").json();
    assertThat(entries.path("entries")).hasSize(240);
  }

  @Test
  void anUndoTakesBackWhatARunWroteAndAResumeWithNothingToDoSaysSo() {
    importExport();
    assertThat(run("upgrade", store.toString(), "--no-llm").code()).isZero();
    Answer undone = run("undo", store.toString(), "--run", "1", "--json");
    assertThat(undone.code()).isZero();
    assertThat(undone.json().path("undone").intValue()).isEqualTo(240);
    assertThat(run("stats", store.toString(), "--json").json().path("legacy").intValue())
        .isEqualTo(240);
    JsonNode runs = run("runs", store.toString(), "--json").json();
    assertThat(runs.at("/runs/0/kind").textValue()).isEqualTo("undo");
    assertThat(runs.at("/runs/0/of_run").intValue()).isEqualTo(1);

    Answer nothing = run("resume", store.toString(), "--no-llm", "--json");
    assertThat(nothing.code()).isZero();
    assertThat(nothing.json().path("selected").intValue()).isZero();
    Answer unknown = run("undo", store.toString(), "--run", "77");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("There is no run 77");
  }

  @Test
  void aModelIsAskedOverHttpAndItsUseIsReported() throws Exception {
    importExport();
    AtomicInteger refusals = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/chat/completions",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          boolean refused = refusals.getAndDecrement() > 0;
          byte[] body =
              (refused
                      ? "{\"error\":{\"message\":\"bad key\"}}"
                      : """
                      {"model":"m","choices":[{"index":0,"finish_reason":"stop","message":
                      {"role":"assistant","content":"{\\"l0_abstract\\":\\"A memory.\\"}"}}],
                      "usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}
                      """)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(refused ? 401 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
      Answer upgraded =
          run(
              "upgrade",
              store.toString(),
              "--llm-url",
              url,
              "--llm-model",
              "m",
              "--limit",
              "5",
              "--on-failure",
              "leave",
              "--json");
      assertThat(upgraded.err()).isEmpty();
      int done =
          upgraded.json().path("upgraded").intValue() + upgraded.json().path("failed").intValue();
      assertThat(done).isEqualTo(5);
      assertThat(upgraded.json().path("fallback").intValue()).isZero();
      assertThat(upgraded.json().at("/llm/calls").intValue()).isGreaterThanOrEqualTo(5);
      assertThat(upgraded.json().at("/llm/input_tokens").intValue()).isGreaterThanOrEqualTo(50);
      assertThat(upgraded.json().at("/llm/cost").isNumber()).isTrue();

      // A refused key stops the run instead of making fallbacks of the rest, and it can go on.
      refusals.set(1_000);
      Answer stopped =
          run(
              "upgrade",
              store.toString(),
              "--llm-url",
              url,
              "--llm-model",
              "m",
              "--limit",
              "20",
              "--json");
      assertThat(stopped.code()).isEqualTo(1);
      assertThat(stopped.err()).contains("The run was stopped");
      assertThat(stopped.json().path("fallback").intValue()).isZero();
      assertThat(stopped.json().path("cancelled").intValue()).isEqualTo(20);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whatAModelWouldTakeIsSaidWithoutSendingAnything() {
    importExport();
    Answer json =
        run(
            "estimate",
            store.toString(),
            "--llm-preset",
            "openai",
            "--llm-model",
            "gpt-4o-mini",
            "--limit",
            "10",
            "--json");
    assertThat(json.err()).isEmpty();
    assertThat(json.code()).isZero();
    assertThat(json.json().path("entries").intValue()).isEqualTo(10);
    assertThat(json.json().path("host").textValue()).isEqualTo("api.openai.com");
    assertThat(json.json().path("calls").intValue()).isEqualTo(10);
    assertThat(json.json().path("input_tokens").intValue()).isGreaterThan(1_000);
    assertThat(json.json().path("output_tokens").intValue()).isGreaterThan(100);
    assertThat(json.json().path("cost").decimalValue()).isPositive();
    Answer words =
        run(
            "estimate",
            store.toString(),
            "--llm-url",
            "https://models.example/v1",
            "--llm-model",
            "unheard-of");
    assertThat(words.out()).contains("240 entries").contains("price not known").contains("Nothing");
    assertThat(run("estimate", store.toString()).code()).isEqualTo(2);
    assertThat(run("runs", store.toString()).out()).contains("0 runs");
  }

  @Test
  void anEndpointIsTriedAndItsModelsAreListed() {
    try (FakeEndpoint endpoint =
        new FakeEndpoint(
            x -> {
              if (x.call().path().endsWith("/models")) {
                x.send(200, "{\"object\":\"list\",\"data\":[{\"id\":\"tidy-1\"}]}");
              } else if (x.call().body().contains("tidy-1")) {
                x.layers("The user likes dark mode.");
              } else {
                x.chat("Hello!");
              }
            })) {
      Answer listed = run("models", "--llm-url", endpoint.url(), "--json");
      assertThat(listed.json().at("/models/0").textValue()).isEqualTo("tidy-1");
      Answer good =
          run("test-model", "--llm-url", endpoint.url(), "--llm-model", "tidy-1", "--json");
      assertThat(good.code()).isZero();
      assertThat(good.json().path("valid_json").booleanValue()).isTrue();
      assertThat(good.json().path("model").textValue()).isEqualTo("test-model-2026");
      Answer bad = run("test-model", "--llm-url", endpoint.url(), "--llm-model", "other");
      assertThat(bad.code()).isEqualTo(1);
      assertThat(bad.out()).contains("did not answer as it should");
      assertThat(run("models").err()).contains("--llm-url");
    }
  }

  @Test
  void aModelThatCantBeUsedIsOneSentence() {
    importExport();
    Answer nothing = run("upgrade", store.toString());
    assertThat(nothing.code()).isEqualTo(2);
    assertThat(nothing.err()).contains("--no-llm").contains("--llm-url");
    Answer both =
        run(
            "upgrade",
            store.toString(),
            "--no-llm",
            "--llm-url",
            "http://127.0.0.1:1/v1",
            "--llm-model",
            "m");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("not both");
    Answer plain =
        run("upgrade", store.toString(), "--llm-url", "http://example.org/v1", "--llm-model", "m");
    assertThat(plain.code()).isEqualTo(2);
    Answer keyless =
        run(
            "upgrade",
            store.toString(),
            "--llm-url",
            "https://example.org/v1",
            "--llm-model",
            "m",
            "--llm-key-env",
            "MEMORY_CONSOLE_NO_SUCH_VARIABLE");
    assertThat(keyless.code()).isEqualTo(2);
    assertThat(keyless.err()).contains("MEMORY_CONSOLE_NO_SUCH_VARIABLE");
    assertThat(run("runs", store.toString()).out()).contains("0 runs");
  }

  @Test
  void aFallbackIsReportedByTheExitCodeAndRetried() {
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
    Answer first = run("upgrade", store.toString(), "--no-llm", "--limit", "5", "--json");
    assertThat(first.code()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(first.json().path("fallback").intValue()).isEqualTo(5);
    assertThat(run("list", store.toString(), "--state", "fallback", "--json").json().path("total"))
        .hasToString("5");
    down.set(false);
    Answer retry = run("retry", store.toString(), "--run", "1", "--no-llm", "--json");
    assertThat(retry.code()).isZero();
    assertThat(retry.json().path("upgraded").intValue()).isEqualTo(5);
  }

  @Test
  void chosenIdsScopesAndCategoriesAreRespected() {
    importExport();
    JsonNode byScope =
        run(
                "upgrade",
                store.toString(),
                "--no-llm",
                "--scope",
                "global",
                "--scope",
                "user:zhang",
                "--category",
                "fact",
                "--json")
            .json();
    int chosen = byScope.path("upgraded").intValue();
    assertThat(chosen).isPositive();
    assertThat(run("list", store.toString(), "--state", "legacy", "--json").json().path("total"))
        .hasToString(String.valueOf(240 - chosen));
    Answer byId =
        run("upgrade", store.toString(), "--no-llm", "--ids", "mem-md-4b79d0:97,nope", "--json");
    assertThat(byId.json().path("upgraded").intValue()).isEqualTo(1);
    assertThat(byId.json().path("skipped").intValue()).isEqualTo(1);
    assertThat(byId.code()).isEqualTo(1);
    assertThat(byId.err()).contains("There is no entry nope in ");
  }

  @Test
  void theLabTriesFourStrategiesAndLeavesTheStoreAlone() {
    importExport();
    Answer before = run("list", store.toString(), "--json");
    Answer lab =
        run(
            "lab",
            store.toString(),
            "--entries",
            "25",
            "--batch-size",
            "10",
            "--llm-ms",
            "1",
            "--writer-ms",
            "2",
            "--json");
    assertThat(lab.code()).as(lab.err()).isZero();
    JsonNode strategies = lab.json().path("strategies");
    assertThat(strategies).hasSize(4);
    String[] names = {"lock-during-model", "lock-per-entry", "lock-per-batch", "compare-and-swap"};
    // A batch that finds the journal busy gives the lock back and takes it once more.
    int[][] acquisitions = {{25, 29}, {25, 29}, {3, 6}};
    for (int i = 0; i < names.length; i++) {
      JsonNode strategy = strategies.path(i);
      assertThat(strategy.path("strategy").textValue()).isEqualTo(names[i]);
      assertThat(strategy.path("lost_writes").intValue()).isZero();
      assertThat(strategy.path("failed_writes").isInt()).isTrue();
      assertThat(strategy.path("writes").isInt()).isTrue();
      assertThat(strategy.path("elapsed_ms").isInt()).isTrue();
      for (String figure : List.of("hold_ms", "writer_wait_ms")) {
        assertThat(strategy.path(figure).path("p50").isNumber()).isTrue();
        assertThat(strategy.path(figure).path("p99").isNumber()).isTrue();
        assertThat(strategy.path(figure).path("max").isNumber()).isTrue();
      }
      if (i < acquisitions.length) {
        assertThat(strategy.path("acquisitions").intValue())
            .isBetween(acquisitions[i][0], acquisitions[i][1]);
      }
    }
    assertThat(run("list", store.toString(), "--json").out()).isEqualTo(before.out());
    Answer table = run("lab", store.toString(), "--entries", "2", "--llm-ms", "0", "--markdown");
    assertThat(table.out()).startsWith("| strategy |").contains("| lock-per-batch | 1 |");
  }

  @Test
  void batchesAreFixedOrAdaptiveAndRowsCanBeSwapped() {
    importExport();
    JsonNode adaptive =
        run("upgrade", store.toString(), "--no-llm", "--limit", "20", "--json").json();
    assertThat(adaptive.path("batches").path("max_hold_ms").intValue()).isEqualTo(50);
    JsonNode swapped =
        run("upgrade", store.toString(), "--no-llm", "--commit", "cas", "--limit", "7", "--json")
            .json();
    assertThat(swapped.path("upgraded").intValue()).isEqualTo(7);
    assertThat(swapped.path("lock").path("acquisitions").intValue()).isEqualTo(7);
    assertThat(swapped.path("batches").path("reason").textValue()).isEqualTo("one_by_one");
    JsonNode fixed =
        run("upgrade", store.toString(), "--no-llm", "--batch-size", "4", "--limit", "8", "--json")
            .json();
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
    JsonNode swapped =
        run("upgrade", store.toString(), "--no-llm", "--limit", "7", "--json").json();
    assertThat(swapped.path("lock").path("acquisitions").intValue()).isEqualTo(7);
    JsonNode undone = run("undo", store.toString(), "--run", "1", "--json").json();
    assertThat(undone.path("lock").path("acquisitions").intValue()).isEqualTo(7);
    JsonNode bounded =
        run(
                "upgrade",
                store.toString(),
                "--no-llm",
                "--max-hold-ms",
                "30",
                "--limit",
                "7",
                "--json")
            .json();
    assertThat(bounded.path("batches").path("max_hold_ms").intValue()).isEqualTo(30);

    settings("{\"locking\":{\"batchSize\":4}}");
    JsonNode fixed = run("upgrade", store.toString(), "--no-llm", "--limit", "8", "--json").json();
    assertThat(fixed.path("lock").path("acquisitions").intValue()).isEqualTo(2);
    JsonNode other =
        run("upgrade", store.toString(), "--no-llm", "--batch-size", "8", "--limit", "8", "--json")
            .json();
    assertThat(other.path("lock").path("acquisitions").intValue()).isEqualTo(1);

    settings("{\"locking\":{\"maxHoldMillis\":20,\"batchSize\":-1,\"commit\":\"never heard\"}}");
    JsonNode adaptive =
        run("upgrade", store.toString(), "--no-llm", "--limit", "20", "--json").json();
    assertThat(adaptive.path("batches").path("max_hold_ms").intValue()).isEqualTo(20);
  }

  @Test
  void aDryRunShowsTheDiffsAndWritesNothing() throws Exception {
    importExport();
    Answer before = run("stats", store.toString(), "--json");
    JsonNode preview = run("upgrade", store.toString(), "--no-llm", "--dry-run", "--json").json();
    assertThat(preview.path("selected").intValue()).isEqualTo(240);
    assertThat(preview.at("/previews/0/diff").size()).isGreaterThan(10);
    assertThat(run("stats", store.toString(), "--json").out()).isEqualTo(before.out());
    assertThat(run("runs", store.toString(), "--json").json().path("runs")).isEmpty();
  }

  @Test
  void showAndDiffTellWhatHappenedToAnEntry() {
    importExport();
    run("upgrade", store.toString(), "--no-llm", "--ids", "mem-md-4b79d0:97");
    JsonNode shown = run("show", store.toString(), "mem-md-4b79d0:97", "--json").json();
    assertThat(shown.path("state").textValue()).isEqualTo("upgraded");
    assertThat(shown.at("/history/0/state").textValue()).isEqualTo("upgraded");
    JsonNode diff = run("diff", store.toString(), "mem-md-4b79d0:97", "--json").json();
    assertThat(diff.path("diff"))
        .anySatisfy(
            key -> {
              assertThat(key.path("key").textValue()).isEqualTo("memory_category");
              assertThat(key.path("kind").textValue()).isEqualTo("added");
              assertThat(key.path("written").textValue()).isEqualTo("preferences");
            });
  }

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
  void idsAndOtherChoicesAreJoinedByAnd() {
    importExport();
    JsonNode result =
        run(
                "upgrade",
                store.toString(),
                "--no-llm",
                "--ids",
                "mem-md-4b79d0:97",
                "--category",
                "decision",
                "--json")
            .json();
    assertThat(result.path("selected").intValue()).isZero();
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
