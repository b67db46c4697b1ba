package dev.memoryconsole.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyRuleTest {
  private static MemoryEntry row(@Nullable String category, @Nullable String metadata) {
    return new MemoryEntry("id", "text", category, null, null, null, metadata, 1);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "no json",
        "[1]",
        "\"text\"",
        "{}",
        "{\"memory_category\":null}",
        "{\"memory_category\":\"\"}",
        "{\"memory_category\":0}",
        "{\"memory_category\":false}",
        "{\"type\":\"session-summary\"}",
        "{\"type\":7}",
        "{\"upgrade_error\":\"but no category\"}"
      })
  void legacy(@Nullable String metadata) {
    assertThat(LegacyRule.stateOf(row("fact", metadata))).isEqualTo(MemoryState.LEGACY);
    assertThat(LegacyRule.stateOf(row(null, metadata))).isEqualTo(MemoryState.LEGACY);
    assertThat(LegacyRule.stateOf(row("reflection", metadata))).isNotEqualTo(MemoryState.LEGACY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"memory_category\":\"cases\"}",
        "{\"memory_category\":\"of their own\"}",
        "{\"memory_category\":true}",
        "{\"memory_category\":0.1}",
        "{\"memory_category\":[]}",
        "{\"type\":\"memory-reflection\"}",
        "{\"type\":\"memory-reflection-event\"}",
        "{\"type\":\"memory-reflection-item\"}",
        "{\"type\":\"memory-reflection-mapped\"}",
        "{\"memory_category\":\"cases\",\"upgrade_error\":\"\"}",
        "{\"memory_category\":\"cases\",\"upgrade_error\":5}"
      })
  void upgraded(String metadata) {
    assertThat(LegacyRule.stateOf(row("fact", metadata))).isEqualTo(MemoryState.UPGRADED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"memory_category\":\"cases\",\"upgraded_by\":\"simple\",\"upgrade_error\":\"down\"}",
        "{\"memory_category\":\"cases\",\"upgrade_error\":\"down\"}"
      })
  void fellBack(String metadata) {
    assertThat(LegacyRule.stateOf(row("fact", metadata))).isEqualTo(MemoryState.FALLBACK);
    assertThat(LegacyRule.isRetryable(row("fact", metadata))).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"{}", "no json", "{\"upgraded_by\":\"llm:m\"}"})
  void notRetryable(@Nullable String metadata) {
    assertThat(LegacyRule.isRetryable(row("fact", metadata))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"upgraded_by\":\"simple\"}", "{\"upgrade_error\":\"down\"}"})
  void retryableByItsMarkerAlone(String metadata) {
    assertThat(LegacyRule.isRetryable(row("fact", metadata))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"memory_category\":\"cases\"}",
        "{\"memory_category\":\"cases\",\"source\":\"legacy\"}"
      })
  void stamped(String metadata) {
    assertThat(LegacyRule.isStamped(row("fact", metadata))).isTrue();
    assertThat(LegacyRule.isStampedByPlugin(row("fact", metadata)))
        .isEqualTo(metadata.contains("legacy"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"memory_category\":\"cases\",\"source\":\"legacy\",\"upgraded_at\":1,\"upgraded_by\":\"llm:m\"}",
        "{\"memory_category\":\"cases\",\"source\":\"legacy\",\"upgraded_at\":1}",
        "{\"memory_category\":\"cases\",\"source\":\"legacy\",\"upgraded_by\":\"llm:m\"}",
        "{\"memory_category\":\"cases\",\"source\":\"manual\"}",
        "{\"source\":\"legacy\"}"
      })
  void notStamped(String metadata) {
    assertThat(LegacyRule.isStamped(row("fact", metadata))).isFalse();
    assertThat(LegacyRule.isStampedByPlugin(row("fact", metadata))).isFalse();
  }
}
