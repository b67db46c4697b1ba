package dev.memoryconsole.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The golden files: what the plugin's own upgrader made of 320 memories. */
public final class Golden {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Golden() {}

  /** One line of a golden file. */
  public record Line(MemoryEntry entry, boolean legacy, JsonNode expected, JsonNode answer) {}

  /** All lines of {@code upgrade-simple.jsonl} or {@code upgrade-llm.jsonl}. */
  public static List<Line> lines(String file) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    Golden.class.getResourceAsStream("/dev/memoryconsole/golden/" + file)),
                StandardCharsets.UTF_8))) {
      return reader.lines().map(Golden::line).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Line line(String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      JsonNode scope = node.path("scope");
      JsonNode metadata = node.path("metadata");
      MemoryEntry entry =
          new MemoryEntry(
              node.path("id").textValue(),
              node.path("text").textValue(),
              node.path("category").textValue(),
              scope.isTextual() ? scope.textValue() : null,
              node.path("importance").doubleValue(),
              node.path("timestamp").longValue(),
              metadata.isTextual() ? metadata.textValue() : null,
              1);
      return new Line(
          entry,
          node.path("legacy").booleanValue(),
          node.path("expected_metadata"),
          node.path("llm_response"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
