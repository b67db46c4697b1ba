package dev.memoryconsole.ui.entries.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MatchesTest {
  private static final String BEFORE = "Nothing of it here. ".repeat(100);

  @Test
  void ofALongTextThatPartIsShownWhereItOccurs() {
    assertThat(Matches.around(BEFORE + "\nThe\tWOMBAT   sleeps.", List.of("wombat"), 60))
        .isEqualTo("…of it here. The WOMBAT sleeps.");
    assertThat(Matches.around("A wombat.", List.of("wombat"), 60)).isEqualTo("A wombat.");
    assertThat(Matches.around(BEFORE, List.of("wombat"), 60)).isEmpty();
    assertThat(Matches.around(BEFORE, List.of(), 60)).isEmpty();
  }

  @Test
  void noCharacterIsCutInTwo() {
    String smile = "\ud83d\ude00";
    for (int more = 0; more < 3; more++) {
      String text = "x".repeat(more) + smile.repeat(300) + "wombat" + smile.repeat(300);
      String part = Matches.around(text, List.of("wombat"), 60);
      assertThat(part.codePoints().filter(unit -> unit >= 0xd800 && unit < 0xe000)).isEmpty();
      assertThat(part).contains("wombat");
    }
  }
}
