package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.enrich.llm.FakeEndpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run whose endpoint answers badly, over real HTTP: how it stops, and how it goes on. */
@Timeout(60)
class EndpointStopsRunTest extends CommandLineTestBase {
  private static final int MEMORIES = 12;

  @BeforeEach
  void importMemories() throws Exception {
    Path lines = folder.resolve("memories.jsonl");
    Files.writeString(
        lines,
        IntStream.range(0, MEMORIES)
            .mapToObj(
                i ->
                    "{\"id\":\"m%d\",\"text\":\"The team keeps note %d.\",\"category\":\"fact\",\"scope\":\"global\",\"importance\":0.5,\"timestamp\":17350000000%02d,\"metadata\":\"{}\"}"
                        .formatted(i, i, i))
            .collect(Collectors.joining("\n")));
    run("import STORE %s", lines).isDone();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | chat | I would rather not. | not the JSON that was asked for: “I would rather not.”",
        "200 | raw  | <html><title>Log in</title></html> | a web page",
        "400 | raw  | {\"error\":{\"message\":\"no such thing\"}} | “no such thing”",
        "403 | raw  | {\"error\":{\"message\":\"Key limit exceeded\"}} | Key limit exceeded",
      })
  void nothingIsWrittenAndAResumeCompletesIt(int status, String form, String body, String said)
      throws Exception {
    AtomicBoolean mended = new AtomicBoolean();
    try (FakeEndpoint endpoint =
        new FakeEndpoint(
            x -> {
              if (mended.get()) {
                x.layers("The team keeps a note.");
              } else if (form.equals("chat")) {
                x.chat(body);
              } else {
                x.send(status, body);
              }
            })) {
      Answer stopped = upgrade("upgrade STORE", endpoint, "4");
      assertThat(stopped.code()).isEqualTo(ExitCode.INCOMPLETE);
      assertThat(stopped.err())
          .hasLineCount(1)
          .contains(said, "The run was stopped; mend that and resume it.");
      counts(stopped.json(), 0, MEMORIES);
      assertThat(stats().path("legacy").intValue()).isEqualTo(MEMORIES);
      assertThat(run("show STORE m0").out()).doesNotContain("upgrade_error");

      mended.set(true);
      Answer resumed = upgrade("resume STORE", endpoint, "4");
      assertThat(resumed.err()).isEmpty();
      assertThat(resumed.code()).isZero();
      counts(resumed.json(), MEMORIES, 0);
      assertThat(stats().path("legacy").intValue()).isZero();
    }
  }

  @Test
  void badAnswersBetweenGoodOnesAreTheMemoriesOwn() throws Exception {
    try (FakeEndpoint endpoint =
        new FakeEndpoint(
            x -> {
              if (x.number() % 3 == 0) {
                x.layers("The team keeps a note.");
              } else {
                x.chat("I would rather not.");
              }
            })) {
      Answer end = upgrade("upgrade STORE", endpoint, "1");
      assertThat(end.code()).isEqualTo(ExitCode.INCOMPLETE);
      assertThat(end.err()).isEmpty();
      assertThat(end.number("upgraded")).isEqualTo(4);
      assertThat(end.number("fallback")).isEqualTo(8);
      assertThat(run("show STORE m11").out()).contains("I would rather not.");
    }
  }

  @Test
  void tooFewToJudgeTheEndpointByGetTheirOutcomes() throws Exception {
    try (FakeEndpoint endpoint = new FakeEndpoint(x -> x.chat("I would rather not."))) {
      Answer end = upgrade("upgrade STORE", endpoint, "2 --limit 3");
      assertThat(end.code()).isEqualTo(ExitCode.INCOMPLETE);
      assertThat(end.number("fallback")).isEqualTo(3);
      assertThat(endpoint.calls()).hasSize(3);
    }
  }

  private Answer upgrade(String command, FakeEndpoint endpoint, String places) {
    return run(
        command + " --llm-url %s --llm-model m --json --concurrency " + places, endpoint.url());
  }

  private JsonNode stats() {
    return run("stats STORE --json").json();
  }

  private static void counts(JsonNode end, int upgraded, int cancelled) {
    assertThat(end.path("selected").intValue()).isEqualTo(MEMORIES);
    assertThat(end.path("upgraded").intValue()).isEqualTo(upgraded);
    assertThat(end.path("fallback").intValue()).isZero();
    assertThat(end.path("failed").intValue()).isZero();
    assertThat(end.path("cancelled").intValue()).isEqualTo(cancelled);
  }
}
