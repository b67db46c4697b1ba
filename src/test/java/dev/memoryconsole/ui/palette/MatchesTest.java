package dev.memoryconsole.ui.palette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.ui.frame.Command;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MatchesTest {
  @Test
  void theBeginningOfAWordIsBest() {
    assertThat(order("st", "Take a snapshot first", "Latest run", "Open store…", "Set it"))
        .containsExactly("Open store…", "Take a snapshot first", "Latest run", "Set it");
  }

  @Test
  void wordsMatchInAnyOrderAndAllMustMatch() {
    assertThat(rank("store open", "Open store…")).isPresent();
    assertThat(rank("store closed", "Open store…")).isEmpty();
  }

  @Test
  void lettersInOrderAreEnoughFromTwoOn() {
    assertThat(rank("cdg", "Copy diagnostics")).isPresent();
    assertThat(rank("gdc", "Copy diagnostics")).isEmpty();
    assertThat(rank("x", "Copy diagnostics")).isEmpty();
  }

  @Test
  void chineseIsFoundByPartsOfIt() {
    assertThat(rank("快照", "打开快照…")).isPresent();
    assertThat(rank("打照", "打开快照…")).isPresent();
  }

  @Test
  void aPathIsNotFoundByLettersThatAreScatteredOverIt() {
    String path = "/home/ada/.local/share/memory-console/demo.db";
    PaletteViewModel model =
        new PaletteViewModel(
            () ->
                List.of(
                    new Command(Command.Kind.STORE, path, () -> {}),
                    new Command(Command.Kind.ACTION, "Lab: locks and batches…", () -> {})));
    assertThat(found(model, "lab")).containsExactly("Lab: locks and batches…");
    assertThat(found(model, "lbt")).containsExactly("Lab: locks and batches…");
    assertThat(found(model, "hsd")).isEmpty();
    assertThat(found(model, "demo")).containsExactly(path);
    assertThat(found(model, "onsole ADA")).containsExactly(path);
    assertThat(found(model, " ")).hasSize(2);
  }

  private static List<String> found(PaletteViewModel model, String typed) {
    model.type(typed);
    return model.found().stream().map(Command::name).toList();
  }

  private static OptionalInt rank(String typed, String name) {
    return Matches.rank(typed, name, true);
  }

  private static List<String> order(String typed, String... names) {
    return List.of(names).stream()
        .filter(name -> rank(typed, name).isPresent())
        .sorted(java.util.Comparator.comparingInt(name -> rank(typed, name).getAsInt()))
        .toList();
  }
}
