package dev.memoryconsole.enrich.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.ModelUnavailableException;
import dev.memoryconsole.message.Wording;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything an endpoint can do wrong over a sound connection: the outcome, and what is said. */
@Timeout(20)
class ModelFaultTest extends ModelTestBase {
  private static final String TEXT = "We decided to use Postgres 16 for the billing service.";
  private static final String GOOD = "The team decided to use Postgres 16.";

  private enum Outcome {
    /** The entry is enriched after all. */
    ENRICHED,
    /** The entry fails; the run goes on. */
    ENTRY_FAILS,
    /** The run pauses and probes by itself. */
    PAUSES,
    /** The run pauses until the admin has done something. */
    PAUSES_FOR_ADMIN
  }

  private record Fault(
      String name, FakeEndpoint.Answer answer, Outcome outcome, String said, int calls) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Fault status(int status, Outcome outcome, String said, int calls) {
    return new Fault(
        "status " + status,
        x -> x.send(status, "{\"error\":{\"message\":\"reason 4711\"}}"),
        outcome,
        said,
        calls);
  }

  private static Fault answers(String name, FakeEndpoint.Answer answer, String said) {
    return new Fault(name, answer, Outcome.ENTRY_FAILS, said, 1);
  }

  private static Fault content(String name, String content, String said) {
    return answers(name, x -> x.chat(content), said);
  }

  private static Fault firstThenGood(String name, FakeEndpoint.Answer first, int calls) {
    return new Fault(
        name,
        x -> {
          if (x.number() == 1) {
            first.to(x);
          } else {
            x.layers(GOOD);
          }
        },
        Outcome.ENRICHED,
        "",
        calls);
  }

  private static Stream<Fault> faults() {
    return Stream.concat(statuses(), contents());
  }

  private static Stream<Fault> statuses() {
    String inTwoSeconds =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(1));
    return Stream.of(
        status(400, Outcome.ENTRY_FAILS, "refused the call (400). It said: “reason 4711”.", 3),
        status(401, Outcome.PAUSES_FOR_ADMIN, "refused the key (401)", 1),
        status(402, Outcome.PAUSES_FOR_ADMIN, "quota or credit is used up (402)", 1),
        status(403, Outcome.PAUSES_FOR_ADMIN, "is let in. It said: “reason 4711”.", 1),
        status(404, Outcome.PAUSES_FOR_ADMIN, "no model “test-model”", 1),
        status(408, Outcome.ENTRY_FAILS, "try again (408). It said: “reason 4711”.", 3),
        status(409, Outcome.ENTRY_FAILS, "try again (409)", 3),
        status(413, Outcome.ENTRY_FAILS, "too long for the model (413)", 1),
        status(425, Outcome.ENTRY_FAILS, "try again (425)", 3),
        status(429, Outcome.ENTRY_FAILS, "limits the rate (429)", 3),
        status(
            500, Outcome.ENTRY_FAILS, "failed (500). It said: “reason 4711”. This was after 3", 3),
        status(502, Outcome.ENTRY_FAILS, "failed (502)", 3),
        status(503, Outcome.ENTRY_FAILS, "failed (503)", 3),
        status(529, Outcome.ENTRY_FAILS, "overloaded (529)", 3),
        status(302, Outcome.ENTRY_FAILS, "sent the call elsewhere (302)", 1),
        new Fault(
            "429 quota gone",
            x -> x.send(429, "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"pay\"}}"),
            Outcome.PAUSES_FOR_ADMIN,
            "quota or credit is used up (429)",
            1),
        new Fault(
            "429 for longer than we wait",
            x -> x.header("Retry-After", "3600").send(429, ""),
            Outcome.PAUSES,
            "limits the rate (429)",
            1),
        new Fault(
            "400 content filter",
            x -> x.send(400, "{\"error\":{\"code\":\"content_filter\",\"message\":\"no\"}}"),
            Outcome.ENTRY_FAILS,
            "content filter refused it (400)",
            1),
        new Fault(
            "400 window",
            x ->
                x.send(400, "{\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"n\"}}"),
            Outcome.ENTRY_FAILS,
            "too long for the model (400)",
            1),
        firstThenGood("429 once", x -> x.send(429, ""), 2),
        firstThenGood("429 Retry-After", x -> x.header("Retry-After", "0.2").send(429, ""), 2),
        firstThenGood(
            "503 Retry-After date", x -> x.header("Retry-After", inTwoSeconds).send(503, ""), 2),
        firstThenGood("500 once", x -> x.send(500, "oops"), 2),
        firstThenGood("529 once", x -> x.send(529, ""), 2));
  }

  private static Stream<Fault> contents() {
    return Stream.of(
        answers("slow headers", x -> pause(), "timed out after 0.5 s"),
        answers(
            "slow body",
            x -> {
              x.http().sendResponseHeaders(200, 1000);
              x.http().getResponseBody().write("{\"id\":".getBytes(StandardCharsets.UTF_8));
              x.http().getResponseBody().flush();
              pause();
            },
            "timed out after 0.5 s"),
        answers("empty 200", x -> x.send(200, ""), "answer is empty"),
        answers("HTML 200", x -> x.send(200, "<html><body>Log in</body></html>"), "a web page"),
        answers("truncated envelope", x -> x.send(200, "{\"choices\":[{\"mess"), "not all of it"),
        answers(
            "wrong envelope", x -> x.send(200, "{\"choices\":\"none\"}"), "the form of a model"),
        answers("no choices", x -> x.send(200, "{\"choices\":[]}"), "the form of a model"),
        new Fault(
            "200 with an error",
            x -> x.send(200, "{\"error\":{\"code\":403,\"message\":\"not you\"}}"),
            Outcome.PAUSES_FOR_ADMIN,
            "is let in. It said: “not you”.",
            1),
        answers(
            "invalid UTF-8",
            x -> x.send(200, new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}'}),
            "not valid UTF-8"),
        answers(
            "5 MB answer", x -> x.chat("x".repeat(5_000_000)), "larger than 1 MB and was not read"),
        answers(
            "finish_reason length",
            x -> x.send(200, FakeEndpoint.chat("{\"l0_abstract\":\"The te", "length", 1, 1)),
            "cut off by its length limit: “{\"l0_abstract\":\"The te”"),
        answers(
            "finish_reason content_filter",
            x -> x.send(200, FakeEndpoint.chat("", "content_filter", 1, 0)),
            "content filter held the answer back"),
        answers(
            "refusal",
            x ->
                x.send(
                    200,
                    "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":"
                        + "{\"role\":\"assistant\",\"content\":null,\"refusal\":\"I can't\"}}]}"),
            "refused to answer. It said: “I can't”."),
        content("no content", "", "answer is empty"),
        content(
            "not JSON", "I would rather not.", "not the JSON that was asked for: “I would rather"),
        content("truncated JSON", "{\"l0_abstract\": \"The team", "not the JSON"),
        content("no field of ours", "{\"answer\": 42}", "not the JSON"),
        content("endless reasoning", "<think>Well, let me see", "within its reasoning"),
        content(
            "all fields blank", FakeEndpoint.layers("", "", "", ""), "none of the three layers"),
        content(
            "wrong field types",
            "{\"l0_abstract\": {\"text\": \"x\"}, \"l1_overview\": 7}",
            "“l0_abstract” is not a text"),
        content(
            "another language",
            FakeEndpoint.layers(
                "Das Team hat sich für die Abrechnung und nicht für etwas anderes entschieden.",
                "- Die Abrechnung wird mit der Datenbank betrieben\n- Das ist eine Entscheidung",
                "",
                "events"),
            "answered in German although the memory is in English"),
        content(
            "another script",
            FakeEndpoint.layers("团队决定为计费服务使用数据库。", "- 团队作出了决定", "", "events"),
            "in Chinese or Japanese although the memory is in Latin script"),
        new Fault(
            "wrong category",
            x -> x.chat(FakeEndpoint.layers(GOOD, "- a", "", "admin")),
            Outcome.ENRICHED,
            "category “admin” is none of the six",
            1),
        new Fault(
            "duplicated keys",
            x -> x.chat("{\"l0_abstract\":\"Old\",\"l0_abstract\":\"" + GOOD + "\"}"),
            Outcome.ENRICHED,
            "gave “l0_abstract” twice",
            1));
  }

  private static void pause() {
    try {
      Thread.sleep(3_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void eachFaultHasItsOutcomeAndItsSentence(Fault fault) throws Exception {
    serve(fault.answer());
    Enricher enricher =
        opened(
            Fixtures.enricher(
                fault.name().startsWith("slow")
                    ? endpoint.settings().withLimits(Fixtures.SHORT)
                    : endpoint.settings()));
    if (fault.outcome() == Outcome.ENRICHED) {
      Enriched enriched = enricher.enrich(Fixtures.memory(TEXT));
      assertThat(enriched.enrichment().abstractLine()).isEqualTo(GOOD);
      assertThat(Wording.ENGLISH.of(enriched.note())).contains(fault.said());
    } else {
      Throwable problem = catchThrowable(() -> enricher.enrich(Fixtures.memory(TEXT)));
      assertThat(problem)
          .isInstanceOf(EnrichmentException.class)
          .hasMessageContaining(fault.said())
          .hasMessageNotContaining("\n");
      assertThat(problem instanceof ModelUnavailableException)
          .isEqualTo(fault.outcome() != Outcome.ENTRY_FAILS);
      if (problem instanceof ModelUnavailableException unavailable) {
        assertThat(unavailable.retryAfter().isPresent())
            .isEqualTo(fault.outcome() == Outcome.PAUSES);
        assertThat(unavailable.wasAsked()).isTrue();
        assertThat(Fixtures.circuit(enricher).isAvailable()).isFalse();
      } else {
        assertThat(Fixtures.circuit(enricher).isAvailable()).isTrue();
      }
    }
    assertThat(endpoint.calls()).hasSize(fault.calls());
    assertThat(enricher.usage().calls()).isEqualTo(fault.calls());
    assertThat(enricher.usage().retries()).isEqualTo(fault.calls() - 1);
  }
}
