package dev.memoryconsole.enrich.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.llm.price.Estimate;
import dev.memoryconsole.enrich.llm.price.PriceTable;
import dev.memoryconsole.enrich.llm.prompt.TokenCounter;
import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Preset;
import dev.memoryconsole.settings.Price;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EstimateTest extends ModelTestBase {
  /** As endpoints count: the messages with their frames. */
  private static int counted(FakeEndpoint.Call call) {
    return TokenCounter.count(call.system()) + TokenCounter.count(call.user()) + 11;
  }

  @Test
  void theEstimateIsWithinATenthOfTheTokensTheBundledMemoriesReallyTake() throws Exception {
    JsonNode demo =
        new ObjectMapper()
            .readTree(Files.readString(Path.of("assets/demo/demo-memories.json")))
            .path("memories");
    List<String> texts =
        StreamSupport.stream(demo.spliterator(), false)
            .map(memory -> memory.path("text").asText())
            .filter(text -> !text.isBlank())
            .toList();
    // Answers of the length that the answers recorded from a real upgrade have.
    Enricher enricher =
        enricher(
            x -> {
              String user = x.call().user();
              String text =
                  user.substring(
                      user.indexOf("<<<MEMORY-1\n") + 12, user.lastIndexOf("\nMEMORY-1>>>"));
              String head = text.substring(0, Math.min(60, text.length())).strip();
              String answer =
                  FakeEndpoint.layers(
                      "Summary: " + head, "- " + head + "\n- second point", text, "patterns");
              x.send(
                  200,
                  FakeEndpoint.chat(answer, "stop", counted(x.call()), TokenCounter.count(answer)));
            });
    Estimate estimate =
        Models.estimate(texts.stream(), endpoint.settings(), PriceTable.with(Map.of()));
    for (String text : texts) {
      enricher.enrich(Fixtures.memory(text));
    }
    assertThat(estimate.calls()).isEqualTo(texts.size());
    assertThat(estimate.inputTokens())
        .isCloseTo(enricher.usage().inputTokens(), Percentage.withPercentage(10));
    assertThat(estimate.outputTokens())
        .isCloseTo(enricher.usage().outputTokens(), Percentage.withPercentage(10));
    assertThat(estimate.cost()).isEqualByComparingTo("0");
  }

  @Test
  void aLongTextIsEstimatedWithItsParts() {
    ModelSettings settings =
        ModelSettings.of(Preset.OLLAMA).with("http://127.0.0.1/v1", "m", KeySource.NONE);
    String text = "Something was decided at length. ".repeat(3_000);
    Estimate estimate = Models.estimate(Stream.of(text, " "), settings, PriceTable.with(Map.of()));
    assertThat(estimate.calls()).isGreaterThan(5);
    assertThat(estimate.inputTokens()).isGreaterThan(TokenCounter.count(text));
  }

  @Test
  void pricesAreFoundByTheNamesThatProvidersUse() {
    PriceTable table = PriceTable.with(Map.of("My-Model", Price.of("1", "2")));
    assertThat(priceOf(table, "https://api.openai.com/v1", "gpt-4o-mini-2024-07-18"))
        .isEqualTo("0.75");
    assertThat(priceOf(table, "https://openrouter.ai/api/v1", "anthropic/claude-sonnet-4.5"))
        .isEqualTo("18");
    assertThat(priceOf(table, "https://openrouter.ai/api/v1", "x/y:free")).isEqualTo("0");
    assertThat(priceOf(table, "https://api.example.com/v1", "my-model")).isEqualTo("3");
    assertThat(priceOf(table, "http://127.0.0.1:11434/v1", "llama3")).isEqualTo("0");
    assertThat(priceOf(table, "https://api.example.com/v1", "unheard-of")).isEqualTo("unknown");
    assertThat(table.prices()).containsKey("my-model").containsKey("gpt-5");
  }

  /** For a million tokens in and out. */
  private static String priceOf(PriceTable table, String url, String model) {
    return table
        .of(ModelSettings.of(url, model, KeySource.NONE))
        .map(price -> Objects.requireNonNull(price.of(1_000_000, 1_000_000)))
        .map(cost -> cost.stripTrailingZeros().toPlainString())
        .orElse("unknown");
  }
}
