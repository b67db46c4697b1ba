package dev.memoryconsole.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsTextTest {
  @ParameterizedTest
  @ValueSource(
      chars = {
        '\t', '\n', '\u000b', '\f', '\r', ' ', '\u00a0', '\ufeff', '\u2028', '\u2029', '\u2003',
        '\u3000'
      })
  void whatJavaScriptTrims(char space) {
    assertThat(JsText.trim(space + "a" + space + "b" + space)).isEqualTo("a" + space + "b");
    assertThat(JsText.isBlank("" + space)).isTrue();
    assertThat(JsText.foldSpaces("a" + space + space + "b" + space)).isEqualTo("a b ");
  }

  @ParameterizedTest
  @ValueSource(chars = {'\b', '\u000e', '\u001c', '\u0085', '\u200b', 'x'})
  void whatItDoesNotTrim(char unit) {
    assertThat(JsText.trim("" + unit)).isEqualTo("" + unit);
    assertThat(JsText.isBlank("" + unit)).isFalse();
    assertThat(JsText.foldSpaces(unit + " " + unit)).isEqualTo(unit + " " + unit);
  }

  @Test
  void nothingStaysNothing() {
    assertThat(JsText.trim("")).isEmpty();
    assertThat(JsText.foldSpaces("")).isEmpty();
    assertThat(JsText.isBlank("")).isTrue();
    assertThat(JsText.trim("a")).isEqualTo("a");
  }

  @Test
  void lineTerminators() {
    assertThat("\n\r\u2028\u2029".chars())
        .allMatch(unit -> JsText.isLineTerminator((char) unit.intValue()));
    assertThat(" \t\u0085a".chars())
        .noneMatch(unit -> JsText.isLineTerminator((char) unit.intValue()));
  }
}
