package dev.memoryconsole.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The merge and the defaults, key by key, by the table in src/docs/merge.md. */
class MetadataMergeTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long TIME = 1_735_000_000_000L;
  private static final Enrichment FOUND =
      new Enrichment(" New line ", " - New ", " New content ", MemoryCategory.EVENTS);
  private static final Marker MARKER = new Marker(5_000, "llm:m", null);

  private static MemoryEntry row(String column, @Nullable Long time, @Nullable String metadata) {
    return new MemoryEntry("id", "The text.", column, "global", 0.5, time, metadata, 1);
  }

  private static JsonNode merge(@Nullable String metadata) {
    return merge(row("other", TIME, metadata), FOUND, MARKER);
  }

  private static JsonNode merge(MemoryEntry row, Enrichment enrichment, Marker marker) {
    try {
      return MAPPER.readTree(MetadataMerge.merge(row, enrichment, marker));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode after(String key, String value) {
    return merge("{\"" + key + "\":" + value + "}").path(key);
  }

  @Test
  void theFourKeysAndTheMarkerAreWritten() {
    JsonNode merged = merge("{\"l0_abstract\":\"old\",\"l1_overview\":\"old\",\"x\":[1]}");
    assertThat(merged.path("l0_abstract").textValue()).isEqualTo("New line");
    assertThat(merged.path("l1_overview").textValue()).isEqualTo("- New");
    assertThat(merged.path("l2_content").textValue()).isEqualTo(" New content ");
    assertThat(merged.path("memory_category").textValue()).isEqualTo("events");
    assertThat(merged.path("upgraded_from").textValue()).isEqualTo("other");
    assertThat(merged.path("upgraded_at").longValue()).isEqualTo(5_000);
    assertThat(merged.path("upgraded_by").textValue()).isEqualTo("llm:m");
    assertThat(merged.has("upgrade_error")).isFalse();
    assertThat(merged.path("x")).hasToString("[1]");
  }

  @Test
  void aRowWithNothingGetsEveryDefault() {
    JsonNode merged = merge(row("fact", TIME, null), new Enrichment("", "", "", null), MARKER);
    assertThat(merged)
        .hasToString(
            "{\"l0_abstract\":\"The text.\",\"l1_overview\":\"- The text.\",\"l2_content\":\"The"
                + " text.\",\"tier\":\"working\",\"access_count\":0,\"confidence\":0.7,"
                + "\"last_accessed_at\":1735000000000,\"valid_from\":1735000000000,"
                + "\"source\":\"legacy\",\"state\":\"confirmed\",\"memory_layer\":\"working\","
                + "\"injected_count\":0,\"bad_recall_count\":0,\"suppressed_until_turn\":0,"
                + "\"memory_category\":\"cases\",\"upgraded_from\":\"fact\",\"upgraded_at\":5000,"
                + "\"upgraded_by\":\"llm:m\"}");
  }

  @Test
  void theMarkersTimeStandsInForARowWithoutOne() {
    JsonNode merged = merge(row("other", null, null), FOUND, MARKER);
    assertThat(merged.path("valid_from").longValue()).isEqualTo(5_000);
    assertThat(merged.path("last_accessed_at").longValue()).isEqualTo(5_000);
  }

  @Test
  void aBlankLayerNeverTakesThePlaceOfOneThatIsThere() {
    JsonNode merged =
        merge(
            row("other", TIME, "{\"l0_abstract\":\" mine \",\"l1_overview\":7}"),
            new Enrichment(" ", "\n", "", null),
            MARKER);
    assertThat(merged.path("l0_abstract").textValue()).isEqualTo("mine");
    assertThat(merged.path("l1_overview").textValue()).isEqualTo("- mine");
    assertThat(merged.path("memory_category").textValue()).isEqualTo("patterns");
  }

  @Test
  void aFailureLeavesItsTraceOnOneLineAndASuccessTakesItAway() {
    JsonNode failed =
        merge(row("other", TIME, null), FOUND, new Marker(1, "simple", " timed\n  out "));
    assertThat(failed.path("upgrade_error").textValue()).isEqualTo("timed out");
    assertThat(merge(failed.toString()).has("upgrade_error")).isFalse();
    assertThat(merge(row("other", TIME, "x"), FOUND, MARKER).path("unparsed_metadata").textValue())
        .isEqualTo("x");
  }

  @Test
  void aRowWithoutAColumnHasNoUpgradedFrom() {
    MemoryEntry row = new MemoryEntry("id", "Text", null, null, null, TIME, "", 1);
    JsonNode merged = merge(row, FOUND, MARKER);
    assertThat(merged.has("upgraded_from")).isFalse();
    assertThat(merged.has("unparsed_metadata")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tier | \"core\" | \"core\"",
        "tier | \"peripheral\" | \"peripheral\"",
        "tier | \"odd\" | \"working\"",
        "tier | 5 | \"working\"",
        "confidence | 0.25 | 0.25",
        "confidence | 0 | 0",
        "confidence | -0.1 | 0",
        "confidence | 1 | 1",
        "confidence | 1.1 | 1",
        "confidence | \"0.9\" | 0.9",
        "confidence | \" 0.50 \" | 0.5",
        "confidence | \"5e-1\" | 0.5",
        "confidence | \"1\" | 1",
        "confidence | \"7\" | 1",
        "confidence | \"-2\" | 0",
        "confidence | \"high\" | 0.7",
        "confidence | \"\" | 0.7",
        "confidence | null | 0.7",
        "access_count | \"7.9\" | 7",
        "access_count | \"１２\" | 0",
        "suppressed_until_ms | \"12.5\" | 12",
        "suppressed_until_ms | -1 | 0",
        "valid_from | \"123\" | 123",
        "access_count | 7 | 7",
        "access_count | 7.0 | 7.0",
        "access_count | 7.9 | 7",
        "access_count | \" 12 \" | 12",
        "access_count | -1 | 0",
        "access_count | -0.5 | 0",
        "access_count | 0 | 0",
        "access_count | \"many\" | 0",
        "access_count | true | 0",
        "access_count | 1e400 | 0",
        "access_count | 999999999999999999 | 999999999999999999",
        "access_count | 1000000000000000000 | 0",
        "injected_count | 3 | 3",
        "bad_recall_count | 4 | 4",
        "suppressed_until_turn | 5 | 5",
        "last_accessed_at | 123 | 123",
        "last_accessed_at | -1 | 1735000000000",
        "valid_from | 123 | 123",
        "valid_from | 0 | 1735000000000",
        "valid_from | 1 | 1",
        "valid_until | 0 | 0",
        "valid_until | 12.5 | 12",
        "valid_until | -1 | ``",
        "invalidated_at | 1735000000000 | 1735000000000",
        "invalidated_at | 1734999999999 | ``",
        "last_injected_at | 5 | 5",
        "last_injected_at | null | ``",
        "last_confirmed_use_at | 5 | 5",
        "last_confirmed_use_at | -5 | ``",
        "suppressed_until_ms | 0 | 0",
        "suppressed_until_ms | null | ``",
        "memory_temporal_type | \"static\" | \"static\"",
        "memory_temporal_type | \"dynamic\" | \"dynamic\"",
        "memory_temporal_type | \"odd\" | ``",
        "supersedes | \" id \" | \"id\"",
        "supersedes | \" \" | ``",
        "superseded_by | 5 | ``",
        "canonical_id | \"c\" | \"c\"",
        "source_session | \"s\" | \"s\"",
        "fact_key | \" mine \" | \"mine\"",
        "state | \"pending\" | \"pending\"",
        "state | \"archived\" | \"archived\"",
        "state | \"odd\" | \"confirmed\"",
        "source | \"manual\" | \"manual\"",
        "source | \"odd\" | \"legacy\"",
        "memory_layer | \"durable\" | \"durable\"",
        "memory_layer | \"odd\" | \"working\"",
      })
  void aValidValueWinsAndAnInvalidOneIsAsGoodAsAbsent(String key, String value, String kept) {
    assertThat(after(key, value)).hasToString(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"session-summary\"} | session-summary | archived | reflection",
        "{\"type\":\"memory-reflection-x\"} | reflection | confirmed | reflection",
        "{\"type\":\"note\"} | legacy | confirmed | working",
        "{\"source\":\"dreaming-engine\"} | dreaming-engine | confirmed | reflection",
        "{\"source\":\"session-summary\"} | session-summary | archived | reflection",
        "{\"source\":\"session-summary\",\"state\":\"pending\"} | session-summary | pending"
            + " | reflection",
        "{\"source\":\"reflection\",\"type\":\"memory-reflection-mapped\"} | reflection | confirmed"
            + " | working",
        "{\"state\":\"archived\"} | legacy | archived | archive",
        "{\"state\":\"archived\",\"source\":\"auto-capture\"} | auto-capture | archived | archive",
      })
  void sourceStateAndLayerFollowTheTypeOfTheMemory(
      String metadata, String source, String state, String layer) {
    JsonNode merged = merge(metadata);
    assertThat(merged.path("source").textValue()).isEqualTo(source);
    assertThat(merged.path("state").textValue()).isEqualTo(state);
    assertThat(merged.path("memory_layer").textValue()).isEqualTo(layer);
  }

  @ParameterizedTest
  @CsvSource({
    "preference, durable",
    "decision, durable",
    "entity, working",
    "other, working",
    "fact, working"
  })
  void theLayerFollowsTheMappedCategoryNotTheModels(String column, String layer) {
    assertThat(merge(row(column, TIME, null), FOUND, MARKER).path("memory_layer").textValue())
        .isEqualTo(layer);
  }

  /** Builds that wrote the new word into the old column are read back as they meant it. */
  @ParameterizedTest
  @CsvSource({
    "profile, durable",
    "preferences, durable",
    "entities, working",
    "events, durable",
    "cases, working",
    "patterns, working"
  })
  void aColumnOfTheSixKeepsIt(String column, String layer) {
    JsonNode merged = merge(row(column, TIME, null), new Enrichment("A: b", "", "", null), MARKER);
    assertThat(merged.path("memory_category").textValue()).isEqualTo(column);
    assertThat(merged.path("memory_layer").textValue()).isEqualTo(layer);
    assertThat(merged.path("upgraded_from").textValue()).isEqualTo(column);
  }

  @ParameterizedTest
  @CsvSource({
    "1735000000, 1735000000000",
    "999999999999, 999999999999000",
    "1000000000000, 1000000000000",
    "1735000000000, 1735000000000"
  })
  void aTimeInSecondsIsTakenInMilliseconds(long time, long taken) {
    JsonNode merged = merge(row("other", time, null), FOUND, MARKER);
    assertThat(merged.path("valid_from").longValue()).isEqualTo(taken);
    assertThat(merged.path("last_accessed_at").longValue()).isEqualTo(taken);
  }

  @Test
  void theFactKeyComesFromTheMappedCategoryElseFromTheModelsOwn() {
    MemoryEntry preference = row("preference", TIME, "{\"l0_abstract\":\"Editor: vim\"}");
    assertThat(merge(preference, FOUND, MARKER).path("fact_key").textValue())
        .isEqualTo("preferences:editor");
    Enrichment entity = new Enrichment("Bello: a dog", "", "", MemoryCategory.ENTITIES);
    assertThat(merge(row("other", TIME, null), entity, MARKER).path("fact_key").textValue())
        .isEqualTo("entities:bello");
    assertThat(merge(row("other", TIME, null), FOUND, MARKER).has("fact_key")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"sources, 20, true", "history, 50, true", "relations, 16, false"})
  void listsAreCapped(String key, int most, boolean last) {
    assertThat(after(key, list(most))).hasToString(list(most));
    JsonNode capped = after(key, list(most + 3));
    assertThat(capped).hasSize(most);
    assertThat(capped.get(0).intValue()).isEqualTo(last ? 3 : 0);
  }

  private static String list(int size) {
    return IntStream.range(0, size).boxed().toList().toString().replace(" ", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"sources\":\"text\"}", "{\"relations\":{\"a\":1}}"})
  void whatIsNoListIsNotCapped(String metadata) {
    assertThat(merge(metadata).toString()).contains(metadata.substring(1, metadata.length() - 1));
  }
}
