package dev.memoryconsole.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.memory.Golden;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.Marker;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.memory.MetadataMerge;
import dev.memoryconsole.memory.SimpleEnrichment;
import dev.memoryconsole.message.Message;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The merge against what the plugin's own upgrader made of 320 memories. */
class GoldenMergeTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long NOW = 1_764_000_000_000L;
  // The plugin resets these; src/docs/merge.md says that the row's own valid value stays.
  private static final List<String> NOT_RESET = List.of("tier", "confidence", "access_count");

  @ParameterizedTest
  @ValueSource(strings = {"upgrade-simple.jsonl", "upgrade-llm.jsonl"})
  void legacyRuleAgreesWithThePlugin(String file) {
    assertThat(Golden.lines(file))
        .hasSize(320)
        .allSatisfy(
            line ->
                assertThat(LegacyRule.stateOf(line.entry()) == MemoryState.LEGACY)
                    .isEqualTo(line.legacy()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"upgrade-simple.jsonl", "upgrade-llm.jsonl"})
  void everyLegacyRowComesOutAsThePluginMadeItButForTheDeliberateDifferences(String file)
      throws Exception {
    int checked = 0;
    for (Golden.Line line : Golden.lines(file)) {
      if (line.legacy()) {
        compare(line);
        checked++;
      }
    }
    assertThat(checked).isEqualTo(240);
  }

  private static void compare(Golden.Line line) throws Exception {
    MemoryEntry row = line.entry();
    ObjectNode expected = line.expected().deepCopy();
    Enriched enriched = enrich(line);
    boolean fellBack = line.answer().isNull();
    String by = line.answer().isMissingNode() || fellBack ? Marker.SIMPLE : "llm:replay";
    String merged =
        MetadataMerge.merge(
            row, enriched.enrichment(), new Marker(NOW, by, fellBack ? "the model\nfailed" : null));

    JsonNode own = MetadataJson.objectOrEmpty(row.metadata());
    for (String key : NOT_RESET) {
      if (own.has(key)) {
        expected.set(key, own.get(key));
      }
    }
    if (!enriched.note().isEmpty()) {
      expected.put("l2_content", row.text());
    }
    if (row.metadata() != null && MetadataJson.object(row.metadata()).isEmpty()) {
      expected.put("unparsed_metadata", row.metadata());
    }
    expected.put("upgraded_at", NOW).put("upgraded_by", by);
    if (fellBack) {
      expected.put("upgrade_error", "the model failed");
    }
    assertThat(MAPPER.readTree(merged))
        .as(row.id())
        .isEqualTo(MAPPER.readTree(expected.toString()));
  }

  private static Enriched enrich(Golden.Line line) {
    String text = line.entry().text();
    if (!line.answer().isObject()) {
      return new Enriched(SimpleEnrichment.of(text), Message.NONE);
    }
    JsonNode answer = line.answer();
    return new ModelAnswer(
            answer.path("l0_abstract").asText(""),
            answer.path("l1_overview").asText(""),
            answer.path("l2_content").asText(""),
            answer.path("resolved_category").asText(""))
        .toEnrichment(text);
  }
}
