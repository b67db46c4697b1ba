package dev.memoryconsole.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The defaults against what the plugin (f6e63af) reads from odd rows: six-word columns, sources,
 * numbers as text. The answers are its own, taken by running it; left out is where
 * src/docs/merge.md decides otherwise on purpose.
 */
class OddRowsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Marker MARKER = new Marker(1_764_000_000_000L, Marker.SIMPLE, null);

  private static final String[] KEYS = {
    "tier",
    "confidence",
    "access_count",
    "last_accessed_at",
    "valid_from",
    "invalidated_at",
    "valid_until",
    "memory_temporal_type",
    "source",
    "state",
    "memory_layer",
    "fact_key",
    "injected_count",
    "bad_recall_count",
    "suppressed_until_turn",
    "suppressed_until_ms",
    "last_injected_at",
    "last_confirmed_use_at",
    "supersedes",
    "superseded_by",
    "canonical_id"
  };
  private static final int COUNT = 149;

  @Test
  void oddRowsAreReadAsThePluginReadsThem() throws Exception {
    int checked = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    OddRowsTest.class.getResourceAsStream(
                        "/dev/memoryconsole/golden/odd-rows.jsonl")),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        compare(MAPPER.readTree(line));
        checked++;
      }
    }
    assertThat(checked).isEqualTo(COUNT);
  }

  private static void compare(JsonNode line) throws Exception {
    JsonNode metadata = line.path("metadata");
    MemoryEntry row =
        new MemoryEntry(
            line.path("id").textValue(),
            line.path("text").textValue(),
            line.path("category").textValue(),
            "global",
            0.5,
            line.path("timestamp").longValue(),
            metadata.isTextual() ? metadata.textValue() : null,
            1);
    JsonNode merged =
        MAPPER.readTree(MetadataMerge.merge(row, SimpleEnrichment.of(row.text()), MARKER));
    assertThat(merged.path("memory_category").textValue())
        .as("the category of %s", row)
        .isEqualTo(line.path("category_read").textValue());
    JsonNode defaults = line.path("defaults");
    Map<String, Object> expected = new TreeMap<>();
    Map<String, Object> actual = new TreeMap<>();
    for (String key : KEYS) {
      put(expected, key, defaults.path(key));
      put(actual, key, merged.path(key));
    }
    assertThat(actual).as("%s", row).isEqualTo(expected);
  }

  /** 1 and 1.0 are one value. */
  private static void put(Map<String, Object> into, String key, JsonNode value) {
    if (value.isNumber()) {
      into.put(key, new BigDecimal(value.asText()).stripTrailingZeros());
    } else if (!value.isMissingNode()) {
      into.put(key, value.asText());
    }
  }
}
