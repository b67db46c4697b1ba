package dev.memoryconsole.ui.palette;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MatchesTest {
  @Test
  void theBeginningOfAWordIsBest() {
    assertThat(order("st", "Take a snapshot first", "Latest run", "Open store…", "Set it"))
        .containsExactly("Open store…", "Take a snapshot first", "Latest run", "Set it");
  }

  @Test
  void wordsMatchInAnyOrderAndAllMustMatch() {
    assertThat(Matches.rank("store open", "Open store…")).isPresent();
    assertThat(Matches.rank("store closed", "Open store…")).isEmpty();
  }

  @Test
  void lettersInOrderAreEnoughFromTwoOn() {
    assertThat(Matches.rank("cdg", "Copy diagnostics")).isPresent();
    assertThat(Matches.rank("gdc", "Copy diagnostics")).isEmpty();
    assertThat(Matches.rank("x", "Copy diagnostics")).isEmpty();
  }

  @Test
  void chineseIsFoundByPartsOfIt() {
    assertThat(Matches.rank("快照", "打开快照…")).isPresent();
    assertThat(Matches.rank("打照", "打开快照…")).isPresent();
  }

  private static List<String> order(String typed, String... names) {
    return List.of(names).stream()
        .filter(name -> Matches.rank(typed, name).isPresent())
        .sorted(java.util.Comparator.comparingInt(name -> Matches.rank(typed, name).getAsInt()))
        .toList();
  }
}
