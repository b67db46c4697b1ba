package dev.memoryconsole.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which words differ. */
class WordDiffTest {
  private static List<String> removed(String before, String after) {
    return words(before, WordDiff.between(before, after).removed());
  }

  private static List<String> added(String before, String after) {
    return words(after, WordDiff.between(before, after).added());
  }

  private static List<String> words(String text, List<WordDiff.Place> places) {
    return places.stream().map(place -> text.substring(place.from(), place.to())).toList();
  }

  @Test
  void findsWordsThatWereChanged() {
    String before = "The build uses Maven on all servers.";
    String after = "The build uses Gradle 9 on our servers.";
    assertThat(removed(before, after)).containsExactly("Maven", "all");
    assertThat(added(before, after)).containsExactly("Gradle 9", "our");
  }

  @Test
  void comparesIdeographByIdeograph() {
    assertThat(removed("用户喜欢喝茶", "用户喜欢喝咖啡")).containsExactly("茶");
    assertThat(added("用户喜欢喝茶", "用户喜欢喝咖啡")).containsExactly("咖啡");
  }

  @Test
  void marksNothingInTheSameText() {
    assertThat(WordDiff.between("a b c", "a b c").added()).isEmpty();
    assertThat(WordDiff.between("a b c", "a  b\nc").removed()).isEmpty();
    assertThat(WordDiff.between("", "").added()).isEmpty();
  }

  @Test
  void marksNothingInTextsThatHaveNothingInCommon() {
    assertThat(added("one two three four five", "six seven eight nine ten")).isEmpty();
    assertThat(removed("", "six seven")).isEmpty();
  }

  @Test
  void textsTooLongToBeComparedAreLeftUnmarked() {
    String before = "a " + "b c ".repeat(2_000) + "z";
    String after = "a " + "d e ".repeat(2_000) + "z";
    assertThat(WordDiff.between(before, after).added()).isEmpty();
    // What both begin and end with does not count.
    String one = "b c ".repeat(20_000);
    assertThat(
            words(one + "x " + one, WordDiff.between(one + "y " + one, one + "x " + one).added()))
        .containsExactly("x");
  }

  @Test
  void somePlaceIsNeverHalfACharacter() {
    assertThat(added("a 😀 b", "a 😁 b")).containsExactly("😁");
  }
}
