package dev.memoryconsole.enrich.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.ModelUnavailableException;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.settings.AnswerLanguage;
import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.ModelSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What endpoints say went wrong: what the admin reads, what stops a run, what is learned. */
@Timeout(20)
class EndpointWordsTest extends ModelTestBase {
  private static final String KEY = "sk-canary-0123456789abcdef";

  private static Stream<Arguments> words() {
    return Stream.of(
        Arguments.of(
            403,
            "{\"code\":30001,\"message\":\"Sorry, your account balance is insufficient\"}",
            "credit is used up (403)",
            "your account balance is insufficient",
            true),
        Arguments.of(
            403,
            "{\"error\":{\"message\":\"Key limit exceeded (total limit)\",\"code\":403}}",
            "credit is used up (403)",
            "Key limit exceeded",
            true),
        Arguments.of(
            400,
            "[{\"error\":{\"code\":400,\"message\":\"API key not valid. Pass a valid one.\"}}]",
            "refused the key (400)",
            "API key not valid",
            true),
        Arguments.of(
            400,
            "{\"detail\":\"Model not loaded: run 'serve load m' first\"}",
            "has no model",
            "run 'serve load m' first",
            true),
        Arguments.of(
            400,
            "{\"success\":false,\"errors\":[{\"code\":7003,\"message\":\"No route for that\"}]}",
            "check the base URL",
            "No route for that",
            false),
        Arguments.of(
            200,
            "{\"object\":\"error\",\"message\":\"The model `m` does not exist.\",\"code\":404}",
            "has no model",
            "does not exist",
            true),
        Arguments.of(
            200,
            "{\"error\":\"Unexpected endpoint or method. (POST /)\"}",
            "check the base URL",
            "Unexpected endpoint",
            false),
        Arguments.of(
            200,
            "{\"choices\":[{\"message\":{\"content\":\"\"},\"finish_reason\":\"error\","
                + "\"error\":{\"code\":502,\"message\":\"Upstream idle\"}}]}",
            "failed (502)",
            "Upstream idle",
            false),
        Arguments.of(
            402,
            "{\"error\":{\"message\":\"This needs more credits, or fewer max_tokens.\"}}",
            "--llm-max-tokens",
            "more credits",
            true),
        Arguments.of(
            422,
            "{\"detail\":[{\"loc\":[\"body\",\"messages\"],\"msg\":\"field required\"}]}",
            "refused the call (422)",
            "body.messages: field required",
            false),
        Arguments.of(
            403,
            "<html><head><title>Attention Required! | Cloudflare</title></head></html>",
            "refused access (403)",
            "Attention Required!",
            true),
        Arguments.of(
            429,
            "[{\"error\":{\"code\":429,\"message\":\"You exceeded your current quota\"}}]",
            "used up (429)",
            "exceeded your current quota",
            true),
        Arguments.of(
            400,
            "{\"error\":{\"message\":\"Provider returned error\",\"metadata\":{\"raw\":"
                + "\"{\\\"error\\\":{\\\"message\\\":\\\"deep \\\\u001b[31mreason\\\"}}\"}}}",
            "refused the call (400)",
            "deep reason",
            false));
  }

  @ParameterizedTest
  @MethodSource("words")
  void theAdminReadsTheEndpointsOwnWords(
      int status, String body, String ours, String theirs, boolean stops) throws Exception {
    Enricher enricher = enricher(x -> x.send(status, body));
    Throwable problem = catchThrowable(() -> enricher.enrich(Fixtures.memory("Uses it.")));
    assertThat(problem)
        .isInstanceOf(EnrichmentException.class)
        .hasMessageContainingAll(ours, theirs);
    assertThat(problem.getMessage()).doesNotContainPattern("\\p{Cntrl}");
    assertThat(Fixtures.circuit(enricher).untilNextProbe().isEmpty()).isEqualTo(stops);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bad key " + KEY,
        "Incorrect API key provided: sk-ca****************cdef.",
        "key \\u0073k-canary-0123456789abcdef is bad",
        "Your api key: ****cdef is invalid",
        "key sk-canary...cdef, or canary-0123456",
        "key ending in cdef"
      })
  void noPartOfTheKeyIsRepeated(String said) throws Exception {
    serve(x -> x.send(400, "{\"error\":{\"message\":\"" + said + "\"}}"));
    ModelSettings settings =
        endpoint.settings().with(endpoint.url(), "m", KeySource.ofEnvironment("K"));
    String report = Fixtures.models(Map.of("K", KEY)).testConnection(settings).toString();
    assertThat(report).contains("***").doesNotContain("canary", "cdef", "sk-ca");
  }

  private static Stream<Arguments> lessons() {
    return Stream.of(
        lesson(
            "{\"object\":\"error\",\"message\":\"System role not supported\",\"code\":400}",
            sent -> sent.at("/messages/0/role").asText().equals("system")),
        lesson(
            "{\"error\":{\"message\":\"Unsupported value\",\"param\":\"messages[0].role\"}}",
            sent -> sent.at("/messages/0/role").asText().equals("system")),
        lesson(
            "[{\"error\":{\"message\":\"temperature is not supported by this model\"}}]",
            sent -> sent.has("temperature")),
        lesson(
            "{\"detail\":[{\"loc\":[\"body\",\"response_format\"],\"msg\":\"Extra inputs\"}]}",
            sent -> sent.has("response_format")),
        lesson(
            "{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens'. Use"
                + " 'max_completion_tokens' instead.\"}}",
            sent -> sent.has("max_tokens")),
        lesson(
            "{\"detail\":[{\"loc\":[\"body\",\"stream\"],\"msg\":\"Extra inputs are not"
                + " permitted\"}]}",
            sent -> sent.has("stream")),
        lesson(
            "{\"error\":{\"message\":\"Unknown parameter: 'reasoning_effort'\"}}",
            sent -> sent.has("reasoning_effort")));
  }

  private static Arguments lesson(String refusal, Predicate<JsonNode> isRefused) {
    return Arguments.of(refusal, isRefused);
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void whatIsRefusedIsNotSentAgain(String refusal, Predicate<JsonNode> isRefused) throws Exception {
    serve(
        x -> {
          if (isRefused.test(x.call().json())) {
            x.send(400, refusal);
          } else {
            x.layers("The team uses it.");
          }
        });
    // A name that is a part of every word.
    ModelSettings settings =
        endpoint.settings().with(endpoint.url(), "m", KeySource.NONE).withGeneration(0.2, "low");
    settings = settings.withLimits(settings.limits().withAnswerTokens(900));
    try (Enricher enricher = Fixtures.enricher(settings)) {
      enricher.enrich(Fixtures.memory("The team uses it."));
      int calls = endpoint.calls().size();
      enricher.enrich(Fixtures.memory("The team uses it."));
      assertThat(endpoint.calls()).hasSize(calls + 1);
      assertThat(endpoint.calls().getLast().body()).contains("long-term memories");
    }
  }

  @Test
  void badAnswersOneAfterTheOtherStopTheRunBeforeAnythingWasRight() throws Exception {
    Enricher enricher = enricher(x -> x.chat("Happy to help!"));
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> enricher.enrich(Fixtures.memory("Uses it.")))
          .isExactlyInstanceOf(EnrichmentException.class);
    }
    assertThatThrownBy(() -> enricher.enrich(Fixtures.memory("Uses it.")))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("Happy to help!");
    assertThat(Fixtures.circuit(enricher).untilNextProbe()).isEmpty();
    assertThat(endpoint.calls()).hasSize(5);
  }

  @Test
  void anotherLanguageIsAllowedIfTheAdminSaysSo() throws Exception {
    String text = "用户喜欢使用深色主题和大字体，并且讨厌弹窗";
    serve(
        x ->
            x.chat(
                FakeEndpoint.layers(
                    "The user likes dark mode.",
                    "- dark mode\n- big letters",
                    "The user likes dark mode, big letters, and hates pop-up windows.",
                    "preferences")));
    try (Enricher enricher = Fixtures.enricher(endpoint.settings())) {
      assertThatThrownBy(() -> enricher.enrich(Fixtures.memory(text)))
          .hasMessageContaining("--llm-language any");
    }
    try (Enricher enricher =
        Fixtures.enricher(endpoint.settings().withLanguage(AnswerLanguage.ANY))) {
      var enriched = enricher.enrich(Fixtures.memory(text));
      assertThat(enriched.enrichment().abstractLine()).isEqualTo("The user likes dark mode.");
      assertThat(enriched.enrichment().content()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"id\":\"a\"},{\"id\":\"b\"}]",
        "{\"models\":[{\"name\":\"a\"},{\"model\":\"b\"}]}",
        "{\"data\":[\"a\",\"b\"]}"
      })
  void modelsAreListedInAnyForm(String list) throws Exception {
    serve(x -> x.send(200, list));
    assertThat(Fixtures.models(Map.of()).listModels(endpoint.settings()))
        .isEqualTo(List.of("a", "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"object\":\"list\",\"data\":null}",
        "{\"data\":[]}",
        "{\"error\":\"Unexpected endpoint or method. (GET /v1/models)\"}"
      })
  void anEndpointNeedNotListItsModels(String list) throws Exception {
    serve(x -> x.send(200, list));
    assertThat(Fixtures.models(Map.of()).listModels(endpoint.settings())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/v1", "/v1/", "/v1/chat/completions", "/v1//"})
  void theBaseUrlMayBeGivenInAnyOfItsForms(String path) throws Exception {
    serve(
        x -> {
          if (x.call().path().equals("/v1/chat/completions")) {
            x.layers("The team uses it.");
          } else {
            x.send(404, "404 page not found");
          }
        });
    String url = endpoint.url().replace("/v1", "") + path;
    try (Enricher enricher = Fixtures.enricher(ModelSettings.of(url, "m", KeySource.NONE))) {
      assertThat(Wording.ENGLISH.of(enricher.enrich(Fixtures.memory("The team uses it.")).note()))
          .isEmpty();
    }
  }

  @Test
  void azureGetsItsQueryAndItsOwnHeader() throws Exception {
    try (FakeEndpoint endpoint =
        new FakeEndpoint(
            x -> {
              boolean good =
                  "api-version=2024-10-21".equals(x.http().getRequestURI().getQuery())
                      && KEY.equals(x.http().getRequestHeaders().getFirst("api-key"))
                      && x.call().authorization() == null;
              if (good) {
                x.layers("The team uses it.");
              } else {
                x.send(404, "{\"error\":{\"message\":\"Resource not found\"}}");
              }
            })) {
      String url = endpoint.url().replace("/v1", "/openai/deployments/gpt/?api-version=2024-10-21");
      ModelSettings settings = ModelSettings.of(url, "gpt", KeySource.ofEnvironment("K"));
      assertThat(settings.problem()).isEmpty();
      assertThat(Fixtures.models(Map.of("K", KEY)).testConnection(settings).validJson()).isTrue();
      assertThat(endpoint.calls().getFirst().path())
          .isEqualTo("/openai/deployments/gpt/chat/completions");
    }
    assertThat(ModelSettings.of("https://x/v1?key=abc", "m", KeySource.NONE).problem())
        .hasValueSatisfying(
            problem -> assertThat(Wording.ENGLISH.of(problem)).contains("no user, password, key"));
  }
}
