package dev.memoryconsole.message;

import static dev.memoryconsole.message.Argument.DECIMAL;
import static dev.memoryconsole.message.Argument.DURATION;
import static dev.memoryconsole.message.Argument.INSTANT;
import static dev.memoryconsole.message.Argument.MESSAGE;
import static dev.memoryconsole.message.Argument.MESSAGES;
import static dev.memoryconsole.message.Argument.NUMBER;
import static dev.memoryconsole.message.Argument.TEXT;
import static dev.memoryconsole.message.Argument.TEXTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages, the text that journals keep of them, and their words. */
class MessageTest {
  private enum NewerCode implements MessageCode {
    EVERYTHING(TEXT, NUMBER, DECIMAL, DURATION, INSTANT, MESSAGE, TEXTS, MESSAGES),
    NOTHING;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Argument> parameters;

    NewerCode(Argument... parameters) {
      this.parameters = List.of(parameters);
    }

    @Override
    public List<Argument> parameters() {
      return parameters;
    }
  }

  private static final Message EVERYTHING =
      NewerCode.EVERYTHING.with(
          Path.of("a.db"),
          12_345,
          0.25,
          Duration.ofMillis(2_500),
          Instant.ofEpochSecond(1_000_000_000),
          Message.verbatim("So it is."),
          List.of("x", "y"),
          List.of(Message.verbatim("One"), NewerCode.NOTHING.with()));

  @Test
  void aCodeIsCalledAfterItsRoomAndConstant() {
    assertThat(EVERYTHING.code()).isEqualTo("newer.everything");
  }

  /** As an older program kept it: with words where there is a code by now. */
  @Test
  void anArgumentThatWasWordsOnceIsReadAsSuch() {
    String kept = "{\"code\":\"upgrade.rowUnreadable\",\"with\":[\"its id is no valid UTF-8\"]}";
    assertThat(Wording.ENGLISH.of(MessageText.read(kept)))
        .isEqualTo("The row is left byte for byte as it is: its id is no valid UTF-8.");
    assertThat(MessageText.write(MessageText.read(kept))).isEqualTo(kept);
  }

  @Test
  void argumentsOfAnotherNumberOrTypeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> NewerCode.NOTHING.with("a"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewerCode.EVERYTHING.with(1, 2, 3, 4, 5, 6, 7, 8));
  }

  @Test
  void aJournalsTextBecomesTheSameMessage() {
    Message nested = EVERYTHING.then(NewerCode.NOTHING.with()).then(Message.verbatim("Said."));
    for (Message message : List.of(EVERYTHING, nested, Message.NONE)) {
      assertThat(MessageText.read(MessageText.write(message))).isEqualTo(message);
    }
    assertThat(MessageText.write(NewerCode.NOTHING.with()))
        .isEqualTo("{\"code\":\"newer.nothing\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "The endpoint is down.",
        "{\"code\":\"",
        "{\"code\":\"a.b\",\"with\":[{\"duration\":\"P\"}]}",
        "{\"code\":\"verbatim\",\"with\":[\"a\",\"b\"]}",
        "{\"code\":\"verbatim\",\"with\":[]}",
        "{\"code\":[]}",
        "{\"code\":\"a.b\"} and more"
      })
  void whatIsNoMessageIsTakenAsWords(String text) {
    Message read = MessageText.read(text);
    assertThat(Wording.ENGLISH.of(read)).isEqualTo(text);
    assertThat(MessageText.read(MessageText.write(read))).isEqualTo(read);
  }

  @Test
  void aCodeOfANewerProgramBecomesItsArguments() {
    assertThat(Wording.ENGLISH.of(EVERYTHING))
        .isEqualTo("a.db 12345 0.25 2.5 s 2001-09-09T01:46:40Z So it is. x, y One, newer.nothing");
    assertThat(Wording.in(Locale.CHINA).of(EVERYTHING))
        .contains("2.5 秒", "x、y", "One、newer.nothing");
    assertThat(Wording.ENGLISH.of(NewerCode.NOTHING.with())).isEqualTo("newer.nothing");
    assertThat(Wording.ENGLISH.of(MessageText.read("{\"code\":\"x\",\"with\":[{\"new\":1}]}")))
        .isEqualTo("{\"new\":1}");
  }

  @Test
  void durationsAreWholeSecondsOrTenthsBelowTen() {
    assertThat(seconds(2_000)).isEqualTo("2 s");
    assertThat(seconds(1_250)).isEqualTo("1.3 s");
    assertThat(seconds(90_500)).isEqualTo("91 s");
  }

  private static String seconds(long millis) {
    return Wording.ENGLISH.of(new Message("x", List.of(Duration.ofMillis(millis))));
  }

  @Test
  void nothingIsAddedWhereThereIsNothingToSay() {
    assertThat(EVERYTHING.then(Message.NONE)).isEqualTo(EVERYTHING);
    assertThat(Message.NONE.then(EVERYTHING)).isEqualTo(EVERYTHING);
  }

  @Test
  void textsAreChangedInEveryPart() {
    Message changed = EVERYTHING.then(Message.verbatim("x")).mapTexts(text -> "*");
    assertThat(Wording.ENGLISH.of(changed))
        .isEqualTo("* 12345 0.25 2.5 s 2001-09-09T01:46:40Z * *, * *, newer.nothing *");
  }
}
