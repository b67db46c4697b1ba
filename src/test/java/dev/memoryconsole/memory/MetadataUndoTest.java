package dev.memoryconsole.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetadataUndoTest {
  private static @Nullable String undone(
      @Nullable String current, @Nullable String before, @Nullable String written) {
    return MetadataUndo.undo(current, before, written).orElseThrow().metadata();
  }

  @Test
  void whatNobodyTouchedComesBackToTheByte() {
    String before = "{ \"a\" : 1.0 }";
    assertThat(undone("{\"a\":1.0,\"b\":2}", before, "{\"a\":1.0,\"b\":2}")).isEqualTo(before);
    assertThat(undone("{\"b\":2}", null, "{\"b\":2}")).isNull();
    assertThat(undone("{\"b\":2}", "", "{\"b\":2}")).isEmpty();
    assertThat(
            undone(
                "{\"b\":2,\"unparsed_metadata\":\"odd\"}",
                "odd",
                "{\"b\":2,\"unparsed_metadata\":\"odd\"}"))
        .isEqualTo("odd");
  }

  @Test
  void whatIsAsBeforeNeedsNoUndo() {
    assertThat(MetadataUndo.undo("{\"a\":1}", "{\"a\":1}", "{\"a\":1,\"b\":2}")).isEmpty();
    assertThat(MetadataUndo.undo(null, null, "{\"b\":2}")).isEmpty();
  }

  @Test
  void theBytesOfBeforeComeBackWhenTheKeysDoThoughSomebodyRewroteTheText() {
    String before = "{ \"a\" : 1.0 }";
    assertThat(undone("{\"b\": 2.0, \"a\": 1}", before, "{\"a\":1.0,\"b\":2}")).isEqualTo(before);
    assertThat(undone("{\"b\": 2}", null, "{\"b\":2}")).isNull();
    assertThat(undone("{ \"b\": 2 }", "odd", "{\"b\":2}")).isEqualTo("odd");
  }

  @Test
  void whatOthersWroteSinceStays() {
    String before = "{\"a\":1,\"b\":2,\"c\":3}";
    String written = "{\"a\":10,\"b\":20,\"c\":3,\"d\":4,\"e\":5}";
    String current = "{\"a\":11,\"b\":20,\"c\":33,\"d\":44,\"e\":5,\"f\":6}";
    assertThat(undone(current, before, written))
        .isEqualTo("{\"a\":11,\"b\":2,\"c\":33,\"d\":44,\"f\":6}");
  }

  @Test
  void aKeyThatSomebodyTookAwayStaysAway() {
    assertThat(undone("{\"b\":2}", "{\"a\":1}", "{\"a\":10,\"b\":2}")).isEqualTo("{}");
  }

  @Test
  void aKeyThatTheWriteTookAwayComesBackUnlessThereIsANewOne() {
    assertThat(undone("{\"x\":1,\"b\":2}", "{\"err\":\"e\"}", "{\"b\":2}"))
        .isEqualTo("{\"x\":1,\"err\":\"e\"}");
    assertThat(undone("{\"err\":\"new\",\"b\":2}", "{\"err\":\"e\"}", "{\"b\":2}"))
        .isEqualTo("{\"err\":\"new\"}");
  }

  @Test
  void whatIsGoneOrSomethingElseAltogetherIsLeftAlone() {
    assertThat(MetadataUndo.undo("not json", "{}", "{\"b\":2}")).isEmpty();
    assertThat(MetadataUndo.undo("[1]", "{}", "{\"b\":2}")).isEmpty();
    assertThat(MetadataUndo.undo("{\"x\":1}", "{}", "{\"b\":2}")).isEmpty();
    assertThat(MetadataUndo.undo("{\"b\":3}", "{}", "{\"b\":2}")).isEmpty();
    assertThat(MetadataUndo.undo(null, "{}", "{\"b\":2}")).isEmpty();
    assertThat(MetadataUndo.undo(" ", "{}", "{\"b\":2}")).isEmpty();
  }

  @Test
  void whatWasNoObjectStaysKeptBesideTheKeysOfOthers() {
    String written = "{\"b\":2,\"unparsed_metadata\":\"odd\"}";
    assertThat(undone("{\"b\":2,\"unparsed_metadata\":\"odd\",\"x\":1}", "odd", written))
        .isEqualTo("{\"x\":1,\"unparsed_metadata\":\"odd\"}");
    assertThat(undone("{\"b\":2,\"x\":1}", null, "{\"b\":2}")).isEqualTo("{\"x\":1}");
    assertThat(undone("{\"b\":2,\"x\":1}", "", "{\"b\":2}")).isEqualTo("{\"x\":1}");
  }

  @Test
  void numbersAreEqualByValueHoweverDeep() {
    assertThat(undone("{\"b\":{\"n\":[1.50]},\"x\":1}", "{}", "{\"b\":{\"n\":[1.5]}}"))
        .isEqualTo("{\"x\":1}");
    assertThat(MetadataUndo.undo("{\"b\":{\"n\":[1.51]},\"x\":1}", "{}", "{\"b\":{\"n\":[1.5]}}"))
        .isEmpty();
    assertThat(MetadataUndo.undo("{\"b\":\"1\",\"x\":1}", "{}", "{\"b\":1}")).isEmpty();
  }

  @Test
  void aWriteOfNothingIsTakenBackToo() {
    assertThat(undone(null, "{\"a\":1}", null)).isEqualTo("{\"a\":1}");
    assertThat(undone("{\"x\":1}", "{\"a\":1}", null)).isEqualTo("{\"x\":1,\"a\":1}");
  }

  @Test
  void whatWasTakenBackOnceIsNotTakenBackAgain() {
    String written = "{\"b\":2,\"unparsed_metadata\":\"odd\"}";
    String once = undone("{\"b\":2,\"unparsed_metadata\":\"odd\",\"x\":1}", "odd", written);
    assertThat(MetadataUndo.undo(once, "odd", written)).isEmpty();
  }
}
