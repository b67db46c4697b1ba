package dev.memoryconsole.store.postgres.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":\"\\n\\\\\\\"\\/\"}",
        "{\"a\":\"\\u0041\\u00e9\"}",
        "{\"a\":\"\\\\u0000 \\\\ud800\"}",
        "{\"a\":\"\\ud83d\\ude00\"}",
        "{\"a\":\"\\uD83D\\uDE00\\\\\"}",
        "{\"\\u0001\":\"u0000\"}"
      })
  void jsonWhoseEscapesAreCharactersCanBeStoredAsValues(String json) {
    assertThat(StorableText.isJson(json, true)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"\\u0000\"}",
        "{\"a\":\"\\\\\\u0000\"}",
        "{\"\\u0000\":1}",
        "{\"a\":\"\\ud83d\"}",
        "{\"a\":\"\\ude00\\ud83d\"}",
        "{\"a\":\"\\uD83D\\\\uDE00\"}",
        "{\"a\":\"\\ud83d\\ud83d\\ude00\"}",
        "{\"a\":\"\\ud83dx\\ude00\"}"
      })
  void jsonWithAnEscapedNulOrHalfACharacterIsJsonButCannotBeStoredAsValues(String json) {
    assertThat(StorableText.isJson(json, false)).isTrue();
    assertThat(StorableText.isJson(json, true)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"a\":\"\\", "{\"a\":\"\\u00\"}", "{\"a\":\"\\x\"}"})
  void whatIsNoJsonIsRefused(String text) {
    assertThat(StorableText.isJson(text, true)).isFalse();
  }
}
