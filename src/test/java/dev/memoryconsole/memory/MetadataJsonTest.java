package dev.memoryconsole.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataJsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1E+400,\"b\":1.50,\"c\":123456789012345678901234567890,\"d\":0.1}",
        "{\"z\":1,\"a\":{\"y\":[null,true,\"é😀\"]}}",
        "{\"a\":\"\\ud83d\",\"b\":\"x\\ude00y\",\"c\":\"😀\"}"
      })
  void whatIsNotOursComesOutAsItWentIn(String json) {
    assertThat(MetadataJson.write(MetadataJson.objectOrEmpty(json))).isEqualTo(json);
  }

  @Test
  void loneSurrogatesAreEscapedAndPairsAreNot() {
    String lone = "\ud83d";
    String json =
        MetadataJson.write(
            MetadataJson.objectOrEmpty(null).put("k", "a" + lone + "b😀c" + "\ude00" + "d"));
    assertThat(json).isEqualTo("{\"k\":\"a\\ud83db😀c\\ude00d\"}");
    assertThat(MetadataJson.objectOrEmpty(json).path("k").textValue())
        .isEqualTo("a" + lone + "b😀c\ude00d");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  ", "[]", "1", "\"a\"", "null", "{", "{} {}", "{'a':1}"})
  void whatIsNoObject(String metadata) {
    assertThat(MetadataJson.object(metadata)).isEmpty();
    assertThat(MetadataJson.objectOrEmpty(metadata)).isEmpty();
  }

  @Test
  void anErrorTextCannotQuoteAMemoryBecauseThereIsNone() {
    assertThat(MetadataJson.object("{\"secret\": oops}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " [] ",
        "1",
        "\"a\"",
        "null",
        "{\"a\":[1,{\"b\":-0.5e+400},null,true,\"\\u0000\"]}"
      })
  void whatIsJson(String text) {
    assertThat(MetadataJson.isJson(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n",
        "{",
        "{}}",
        "{} {}",
        "1 2",
        "\"a",
        "[1,]",
        "{'a':1}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "[01]",
        "[NaN]",
        "[1e99999999999]",
        "nul",
        "// {}"
      })
  void whatIsNoJson(String text) {
    assertThat(MetadataJson.isJson(text)).isFalse();
  }

  @Test
  void whatIsNestedDeeperThanIsReadIsNoJsonEither() {
    assertThat(MetadataJson.isJson("[".repeat(2_000) + "]".repeat(2_000))).isFalse();
  }
}
