package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.memoryconsole.enrich.llm.FakeEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Commands that use a model, over real HTTP, and the lab. */
class ModelCommandTest extends CommandLineTestBase {
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
          run("upgrade STORE --llm-url %s --llm-model m --limit 5 --on-failure leave --json", url);
      assertThat(upgraded.err()).isEmpty();
      int done = upgraded.number("upgraded") + upgraded.number("failed");
      assertThat(done).isEqualTo(5);
      assertThat(upgraded.number("fallback")).isZero();
      assertThat(upgraded.number("/llm/calls")).isGreaterThanOrEqualTo(5);
      assertThat(upgraded.number("/llm/input_tokens")).isGreaterThanOrEqualTo(50);
      assertThat(upgraded.json().at("/llm/cost").isNumber()).isTrue();

      // A refused key stops the run instead of making fallbacks of the rest, and it can go on.
      refusals.set(1_000);
      Answer stopped = run("upgrade STORE --llm-url %s --llm-model m --limit 20 --json", url);
      assertThat(stopped.code()).isEqualTo(1);
      assertThat(stopped.err()).contains("The run was stopped");
      assertThat(stopped.number("fallback")).isZero();
      assertThat(stopped.number("cancelled")).isEqualTo(20);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whatAModelWouldTakeIsSaidWithoutSendingAnything() throws Exception {
    importExport();
    Answer json =
        run("estimate STORE --llm-preset openai --llm-model gpt-4o-mini --limit 10 --json");
    assertThat(json.err()).isEmpty();
    assertThat(json.code()).isZero();
    assertThat(json.number("entries")).isEqualTo(10);
    assertThat(json.json().path("host").textValue()).isEqualTo("api.openai.com");
    assertThat(json.number("calls")).isEqualTo(10);
    assertThat(json.number("input_tokens")).isGreaterThan(1_000);
    assertThat(json.number("output_tokens")).isGreaterThan(100);
    assertThat(json.json().path("cost").decimalValue()).isPositive();
    Answer words = run("estimate STORE --llm-url https://models.example/v1 --llm-model unheard-of");
    assertThat(words.out()).contains("240 entries").contains("price not known").contains("Nothing");
    assertThat(run("estimate STORE").code()).isEqualTo(2);
    assertThat(run("runs STORE").out()).contains("0 runs");
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
      Answer listed = run("models --llm-url %s --json", endpoint.url());
      assertThat(listed.json().at("/models/0").textValue()).isEqualTo("tidy-1");
      Answer good = run("test-model --llm-url %s --llm-model tidy-1 --json", endpoint.url());
      assertThat(good.code()).isZero();
      assertThat(good.json().path("valid_json").booleanValue()).isTrue();
      assertThat(good.json().path("model").textValue()).isEqualTo("test-model-2026");
      Answer bad = run("test-model --llm-url %s --llm-model other", endpoint.url());
      assertThat(bad.code()).isEqualTo(1);
      assertThat(bad.out()).contains("did not answer as it should");
      assertThat(run("models").err()).contains("--llm-url");
    }
  }

  @Test
  void aModelThatCantBeUsedIsOneSentence() throws Exception {
    importExport();
    run("upgrade STORE").isBadUsage("--no-llm", "--llm-url");
    run("upgrade STORE --no-llm --llm-url http://127.0.0.1:1/v1 --llm-model m")
        .isBadUsage("not both");
    Answer plain = run("upgrade STORE --llm-url http://example.org/v1 --llm-model m");
    assertThat(plain.code()).isEqualTo(2);
    run("upgrade STORE --llm-url https://example.org/v1 --llm-model m --llm-key-env"
            + " MEMORY_CONSOLE_NO_SUCH_VARIABLE")
        .isRefused("MEMORY_CONSOLE_NO_SUCH_VARIABLE");
    assertThat(run("runs STORE").out()).contains("0 runs");
  }

  @Test
  void theLabTriesFourStrategiesAndLeavesTheStoreAlone() throws Exception {
    importExport();
    Answer before = run("list STORE --json");
    Answer lab = run("lab STORE --entries 25 --batch-size 10 --llm-ms 1 --writer-ms 2 --json");
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
    assertThat(run("list STORE --json").out()).isEqualTo(before.out());
    Answer table = run("lab STORE --entries 2 --llm-ms 0 --markdown");
    assertThat(table.out()).startsWith("| strategy |").contains("| lock-per-batch | 1 |");
  }
}
