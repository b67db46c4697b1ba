package dev.memoryconsole.ui.entries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.ui.common.dialog.FilePicker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.controlsfx.control.CheckComboBox;
import org.junit.jupiter.api.Test;

/** Opening, filtering, choosing; keys and colours. */
class MemoriesScreenTest extends WindowTest {
  @Test
  void aStoreIsOpenedAndRemembered() throws Exception {
    picked = services.store("a.db", legacy(3));
    show(null);
    assertThat(says("Drop a file or folder here")).isTrue();
    key(KeyCode.O, true, false);
    until(() -> says("3 memories  ·  3 legacy  ·  0 fallback"));
    assertThat(node("#store", MenuButton.class).getText()).isEqualTo("a.db");
    assertThat(asked).containsExactly(FilePicker.Purpose.OPEN_STORE);
    assertThat(services.recent).containsExactly(picked);
  }

  @Test
  void whatCannotBeOpenedIsOneSentenceInTheWindow() throws Exception {
    Path text = Files.writeString(folder.resolve("notes.db"), "not a database");
    picked = text;
    show(null);
    key(KeyCode.O, true, false);
    until(() -> on(".notification"));
    assertThat(says("Drop a file or folder here")).isTrue();
  }

  @Test
  void theDemoIsOneButtonAway() {
    show(null);
    press("#demo");
    until(() -> says("363 memories"));
  }

  @Test
  void wordsFilterAfterAMoment() throws Exception {
    show(services.store("a.db", legacy(30)));
    key(KeyCode.F, true, false);
    run(() -> node("#search", TextField.class).setText("m07"));
    until(() -> table().getItems().size() == 1);
    until(
        () ->
            node("#upgradeAll", ButtonBase.class).getText().equals("Upgrade the one that matches"));
    run(() -> node("#search", TextField.class).setText("nowhere"));
    until(() -> says("No memory matches"));
    press("#emptyAction");
    until(() -> table().getItems().size() == 30);
    assertThat(node("#search", TextField.class).getText()).isEmpty();
  }

  @Test
  void scopesAndCategoriesFilter() throws Exception {
    show(services.store("a.db", legacy(30)));
    run(() -> box("#scopes").getCheckModel().check("global"));
    until(() -> table().getItems().size() == 10);
    run(() -> box("#categories").getCheckModel().check("fact"));
    until(() -> table().getItems().size() == 5);
  }

  @Test
  void chipsFilterByState() throws Exception {
    show(services.store("a.db", legacy(3)));
    press("#upgradedChip");
    until(() -> says("No memory matches"));
    press("#legacyChip");
    until(() -> table().getItems().size() == 3);
    press("#failedChip");
    until(() -> says("No memory matches"));
  }

  @Test
  void shiftChoosesARangeAndSpaceOne() throws Exception {
    show(services.store("a.db", legacy(30)));
    click(2, false, false);
    click(6, false, true);
    assertThat(says("5 selected")).isTrue();
    key(KeyCode.SPACE, false, false);
    assertThat(says("4 selected")).isTrue();
    press("#clear");
    assertThat(says("0 selected")).isTrue();
  }

  @Test
  void tenThousandRowsAreLoadedOnlyWhereSomebodyLooks() throws Exception {
    List<MemoryEntry> rows = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      String id = String.format(Locale.ROOT, "n%05d", i);
      rows.add(new MemoryEntry(id, "Memory " + id, "fact", "global", 0.5, 2_000_000L + i, null, 1));
    }
    show(services.store("a.db", rows));
    until(() -> table().getItems().size() == 10_000);
    run(() -> table().scrollTo(9_990));
    until(
        () -> says("Memory n00003") || table().getItems().get(9_996).toString().contains("n00003"));
    key(KeyCode.A, true, false);
    until(() -> on("#upgradeSelected"));
    TableColumn<?, ?> time = table().getColumns().get(7);
    run(
        () -> {
          time.setSortType(TableColumn.SortType.ASCENDING);
          sortBy(7);
        });
    until(() -> table().getItems().getFirst().toString().contains("n00000"));
    assertThat(table().getSortOrder()).hasSize(1);
  }

  @Test
  void detailsOpenWithEnterAndCloseWithEscape() throws Exception {
    show(services.store("a.db", legacy(3)));
    click(0, false, false);
    until(() -> on("#tabs"));
    key(KeyCode.ESCAPE, false, false);
    until(() -> !on("#tabs"));
    key(KeyCode.ENTER, false, false);
    until(() -> on("#tabs"));
  }

  @Test
  void aChoiceOfColoursIsSaved() throws Exception {
    show(services.store("a.db", legacy(3)));
    key(KeyCode.L, true, true);
    until(() -> root().getStyleClass().contains("mc-dark"));
    until(() -> savedLooks.equals(List.of(Appearance.USUAL.withTheme(Theme.DARK))));
    press("#theme");
    until(() -> root().getStyleClass().contains("mc-light"));
  }

  @Test
  void buttonsWithoutWordsHaveAccessibleOnes() throws Exception {
    show(services.store("a.db", legacy(3)));
    click(0, false, false);
    until(() -> on("#tabs"));
    List<String> nameless =
        ask(
            () ->
                root().lookupAll(".button, .toggle-button").stream()
                    .filter(ButtonBase.class::isInstance)
                    .map(ButtonBase.class::cast)
                    .filter(
                        button -> visible(button) && !(button.getParent() instanceof MenuButton))
                    .filter(button -> button.getText() == null || button.getText().isEmpty())
                    .filter(button -> button.getAccessibleText() == null)
                    .map(Object::toString)
                    .toList());
    assertThat(nameless).isEmpty();
  }

  private void sortBy(int column) {
    table().getSortOrder().clear();
    table().getSortOrder().add(table().getColumns().get(column));
  }

  @SuppressWarnings("unchecked")
  private CheckComboBox<String> box(String selector) {
    return (CheckComboBox<String>) root().lookup(selector);
  }
}
