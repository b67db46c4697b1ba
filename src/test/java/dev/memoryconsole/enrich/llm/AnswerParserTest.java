package dev.memoryconsole.enrich.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.enrich.llm.answer.AnswerFields;
import dev.memoryconsole.enrich.llm.answer.AnswerParser;
import dev.memoryconsole.enrich.llm.answer.Reply;
import dev.memoryconsole.enrich.llm.failure.CallException;
import dev.memoryconsole.enrich.llm.failure.RetryAfter;
import dev.memoryconsole.enrich.llm.prompt.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerParserTest {
  private static final List<String> KEYS = Question.Form.LAYERS.keys();

  private static AnswerFields parse(String answer, List<String> keys) {
    return AnswerParser.parse(new Reply(List.of(answer), "", Reply.End.DONE, null, null, ""), keys);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"l0_abstract\":\"a\",\"l1_overview\":\"- b\"}",
        "\ufeff{\"l0_abstract\":\"a\",\"l1_overview\":\"- b\"}",
        "```json\n{\"l0_abstract\":\"a\",\"l1_overview\":\"- b\",}\n```",
        "Here you are:\n{\"l0_abstract\":\"a\",\n\"l1_overview\":\"- b\"}\nAnything else?",
        "<think>First {\"l0_abstract\":\"draft\"} or so</think>\n{\"l0_abstract\":\"a\","
            + "\"l1_overview\":\"- b\"}",
        "no tag at the start</think>```{\"l0_abstract\":\"a\",\"l1_overview\":\"- b\"}```",
        "{\"note\":{\"x\":[1,2]},\"l0_abstract\":\"a\",\"l1_overview\":\"-"
            + " b\",\"l2_content\":null}",
        "{\"answer\":{\"l0_abstract\":\"a\",\"l1_overview\":\"- b\"}}",
        "{curly talk} then {\"l0_abstract\":\"a\",\"l1_overview\":\"- b\"}",
        "{\"l0_abstract\":\"old\",\"l0_abstract\":\"a\",\"l1_overview\":\"- b\"}"
      })
  void theAnswerIsFoundInWhatModelsWrite(String answer) {
    AnswerFields found = parse(answer, KEYS);
    assertThat(found.get("l0_abstract")).isEqualTo("a");
    assertThat(found.get("l1_overview")).isEqualTo("- b");
    assertThat(found.get("l2_content")).isEmpty();
  }

  @Test
  void rawLineBreaksAndLoneSurrogatesSurvive() {
    AnswerFields found =
        parse(
            "{\"l1_overview\":\"- a\n- b\tc\",\"l0_abstract\":\"x\\ud83d y \\ud83d\\ude00\"}",
            KEYS);
    assertThat(found.get("l1_overview")).isEqualTo("- a\n- b\tc");
    assertThat(found.get("l0_abstract")).isEqualTo("x\ufffd y \ud83d\ude00");
  }

  @Test
  void aTagInsideTheContentIsNoTrace() {
    assertThat(parse("{\"l2_content\":\"use </think> to end\"}", KEYS).get("l2_content"))
        .isEqualTo("use </think> to end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "[]",
        "null",
        "{}",
        "{{{{",
        "{\"l0_abstract\":\"cut",
        "{\"l0_abstract\":[1]}",
        "{\"l0_abstract\":{\"type\":\"string\"}}",
        "<think>{\"l0_abstract\":\"draft\"}"
      })
  void anythingElseIsAFailure(String answer) {
    assertThatThrownBy(() -> parse(answer, KEYS))
        .isInstanceOf(CallException.class)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aPreviewIsShortAndOnOneLine() {
    assertThatThrownBy(() -> parse("no\n".repeat(100_000), KEYS))
        .hasMessageContaining("no no no")
        .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(350));
  }

  @Test
  void manyBracesTakeNoTime() {
    assertThatThrownBy(() -> parse("{".repeat(900_000), KEYS)).isInstanceOf(CallException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120 | 120000",
        "0.5 | 500",
        "Fri, 31 Dec 1999 23:59:59 GMT | 0",
        "Sat, 01 Jan 2000 00:01:00 GMT | 60000",
        "soon | ",
        "-5 | "
      })
  void retryAfterIsSecondsOrADate(String header, Long millis) {
    Instant now = Instant.parse("2000-01-01T00:00:00Z");
    assertThat(RetryAfter.parse(header, now).map(Duration::toMillis).orElse(null))
        .isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The port is used for the health check and that is it | Der Port ist für den Check und"
            + " nicht für das andere",
        "用户喜欢使用深色主题和大字体，并且讨厌弹窗 | The user likes dark mode and hates popups",
        "The user likes dark mode and hates popups | 用户喜欢使用深色主题，讨厌弹窗",
        "Пользователь предпочитает тёмную тему | The user prefers the dark theme"
      })
  void anAnswerInAnotherLanguageIsNoticed(String text, String answer) {
    assertThat(Languages.difference(text, answer)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "用户喜欢 Visual Studio Code 的深色主题 | 用户偏好 Visual Studio Code 深色主题",
        "客户「星辰物流」：联系人 陈思远，合同编号 HT-4302 | Customer 星辰物流, contract HT-4302",
        "npm run build && npm test --watch | The user builds with npm and then runs the tests",
        "Prefers tabs | Prefers tabs over spaces for the indentation of code",
        "Sofía Álvarez walked through the outage of ripgrep | The outage of ripgrep was walked"
            + " through by Sofía Álvarez",
        "Användaren vill ha korta svar och en mörk skärm | Användaren föredrar korta svar och mörkt"
      })
  void theSameLanguageIsNoDifference(String text, String answer) {
    assertThat(Languages.difference(text, answer)).isEmpty();
  }
}
