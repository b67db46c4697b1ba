package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.enrich.llm.FakeEndpoint;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.testing.Answering;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said to be taken is what the run takes. */
class EstimateCommandTest extends CommandLineTestBase {
  private JsonNode estimate(String options) {
    String model = " --llm-url http://127.0.0.1:1/v1 --llm-model m --json";
    Answer answer = run(("estimate STORE " + options).strip() + model);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.code()).isZero();
    return answer.json();
  }

  private List<String> legacy(int count) {
    List<String> ids = new ArrayList<>();
    run("list STORE --state legacy --json --limit %s", count)
        .json()
        .path("entries")
        .forEach(row -> ids.add(row.path("id").textValue()));
    assertThat(ids).hasSize(count);
    return ids;
  }

  @Test
  void whatIsUpgradedIsLeftOutOfTheEstimateAndOfTheDryRun() throws Exception {
    importExport();
    List<String> ids = legacy(3);
    run("upgrade STORE --no-llm --ids %s --ids %s", ids.get(0), ids.get(1));
    JsonNode estimate = estimate("--ids " + String.join(" --ids ", ids));
    assertThat(estimate.path("entries").intValue()).isEqualTo(1);
    assertThat(estimate.path("left_out").intValue()).isEqualTo(2);
    assertThat(estimate.path("calls").intValue()).isEqualTo(1);
    JsonNode dry =
        run("upgrade STORE --no-llm --dry-run --json --ids %s --ids %s", ids.get(0), ids.get(2))
            .json();
    assertThat(dry.path("selected").intValue()).isEqualTo(2);
    assertThat(dry.path("taken").intValue()).isEqualTo(1);
    assertThat(dry.at("/previews/0/outcome").textValue()).isEqualTo("skipped");
    assertThat(dry.at("/previews/1/outcome").textValue()).isEqualTo("upgraded");
    assertThat(estimate("").path("entries").intValue()).isEqualTo(238);
  }

  @Test
  void whatAResumeWouldSendIsCounted() throws Exception {
    importExport();
    try (FakeEndpoint endpoint =
        new FakeEndpoint(
            x -> {
              if (x.number() < 5) {
                x.layers("The user likes dark mode.");
              } else {
                x.send(401, "{\"error\":{\"message\":\"bad key\"}}");
              }
            })) {
      JsonNode stopped =
          run(
                  "upgrade STORE --llm-url %s --llm-model m --concurrency 1 --limit 20 --json",
                  endpoint.url())
              .json();
      int done = stopped.path("upgraded").intValue();
      assertThat(stopped.path("cancelled").intValue()).isEqualTo(20 - done).isPositive();
      JsonNode left = estimate("--resume " + stopped.path("run").asText());
      assertThat(left.path("entries").intValue()).isEqualTo(20 - done);
      int answered = left.path("answered").intValue();
      assertThat(left.path("calls").intValue()).isEqualTo(20 - done - answered).isPositive();
      assertThat(run("estimate STORE --resume 1 --limit 3 --llm-url x").code()).isEqualTo(2);
    }
  }

  @Test
  void aRetryOfARunTakesWhatIsStillToBeDone() throws Exception {
    importExport();
    enricher =
        new Answering(
            "llm:test",
            entry -> {
              throw new EnrichmentException(Message.verbatim("no"));
            });
    JsonNode failed = run("upgrade STORE --no-llm --limit 6 --json").json();
    assertThat(failed.path("fallback").intValue()).isEqualTo(6);
    JsonNode entries = run("runs STORE --run 1 --json").json().path("entries");
    String last = entries.path(5).path("id").textValue();
    assertThat(run("undo STORE --run 1 --ids %s", last).code()).isZero();
    enricher = new Answering("llm:test", entry -> new SimpleEnricher().enrich(entry));
    assertThat(estimate("--retry 1").path("entries").intValue()).isEqualTo(5);
    assertThat(estimate("--retry-all").path("calls").intValue()).isEqualTo(5);
    assertThat(selectedByRetry()).isEqualTo(5);
    assertThat(estimate("--retry 1").path("entries").intValue()).isZero();
    assertThat(selectedByRetry()).isZero();
  }

  private int selectedByRetry() {
    return run("retry STORE --no-llm --run 1 --json").json().path("selected").intValue();
  }

  @Test
  void possiblyLegacyEntriesAreNamedInWordsAndByTheOldOptionToo() throws Exception {
    importExport();
    assertThat(run("list STORE --possibly-legacy --json").json())
        .isEqualTo(run("list STORE --stamped --json").json());
    assertThat(run("upgrade --help").out()).contains("--possibly-legacy").contains("--stamped");
  }
}
