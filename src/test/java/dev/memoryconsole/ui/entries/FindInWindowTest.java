package dev.memoryconsole.ui.entries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;
import org.controlsfx.control.CheckComboBox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One field finds memories; boxes and chips show parts of what stands in it. */
class FindInWindowTest extends WindowTest {
  private static List<MemoryEntry> memories() {
    List<MemoryEntry> all = new ArrayList<>(legacy(30));
    all.add(
        new MemoryEntry(
            "0b5f6c1e-7a7e-4f7f-9d3b-111111111111",
            "Prefers short answers, and " + "a long story before ".repeat(6) + "the Gradle build.",
            "preference",
            "agent:ops",
            0.9,
            CLOCK.millis() - 40L * 24 * 3_600_000,
            "{\"memory_category\":\"preferences\",\"tier\":\"core\",\"source\":\"manual\"}",
            1));
    return all;
  }

  private TextField field() {
    return node("#search", TextField.class);
  }

  private void type(String text) {
    run(
        () -> {
          field().requestFocus();
          field().setText(text);
          field().end();
        });
  }

  private void finds(int count) {
    until(() -> table().getItems().size() == count);
  }

  private String chip(String id) {
    return node(id, ToggleButton.class).getText();
  }

  @SuppressWarnings("unchecked")
  private CheckComboBox<String> box(String selector) {
    return node(selector, CheckComboBox.class);
  }

  private List<String> checked(String box) {
    return ask(() -> List.copyOf(box(box).getCheckModel().getCheckedItems()));
  }

  @Test
  void aPastedIdFindsItsMemory() throws Exception {
    show(services.store("a.db", memories()));
    type("0b5f6c1e-7a7e-4f7f-9d3b-111111111111");
    finds(1);
    type("0b5f6c1e");
    finds(1);
    type("m07");
    finds(1);
  }

  @Test
  void boxesAndChipsShowWhatIsTypedAndWriteIntoIt() throws Exception {
    show(services.store("a.db", memories()));
    type("gradle scope:global,agent:ops state:legacy");
    finds(10);
    assertThat(checked("#scopes")).containsExactlyInAnyOrder("global", "agent:ops");
    assertThat(node("#legacyChip", ToggleButton.class).isSelected()).isTrue();
    press("#legacyChip");
    until(() -> field().getText().equals("gradle scope:global,agent:ops"));
    finds(11);
    run(() -> box("#scopes").getCheckModel().clearCheck("agent:ops"));
    until(() -> field().getText().equals("gradle scope:global"));
    run(() -> box("#categories").getCheckModel().check("fact"));
    until(() -> field().getText().equals("gradle scope:global category:fact"));
    finds(5);
    press("#failedChip");
    until(() -> field().getText().endsWith("state:failed"));
    finds(0);
  }

  @Test
  void aClickKeepsWhatWasTypedJustBefore() throws Exception {
    show(services.store("a.db", memories()));
    run(
        () -> {
          field().setText("m07");
          node("#legacyChip", ToggleButton.class).fire();
        });
    until(() -> field().getText().equals("m07 state:legacy"));
    finds(1);
  }

  @Test
  void countsOfChipsFollowTheFilter() throws Exception {
    show(services.store("a.db", memories()));
    until(() -> chip("#legacyChip").equals("Legacy 30"));
    type("scope:agent:ops");
    until(() -> chip("#legacyChip").equals("Legacy 0"));
    assertThat(chip("#upgradedChip")).isEqualTo("Upgraded 1");
    type("scope:global state:upgraded");
    until(() -> chip("#legacyChip").equals("Legacy 10"));
    assertThat(chip("#upgradedChip")).isEqualTo("Upgraded 0");
    finds(0);
    type("");
    until(() -> chip("#legacyChip").equals("Legacy 30"));
  }

  @Test
  void whatIsNotUnderstoodIsOneSentenceAndHidesNothing() throws Exception {
    show(services.store("a.db", memories()));
    assertThat(on("#problem")).isFalse();
    type("gradle before:soon");
    until(() -> on("#problem"));
    assertThat(node("#problem", Label.class).getText()).contains("“before:soon” has no date");
    finds(31);
    type("gradle before:2026-11");
    until(() -> !on("#problem"));
    finds(1);
  }

  @Test
  void escapeTakesAwayOneThingAfterTheOther() throws Exception {
    show(services.store("a.db", memories()));
    click(0, false, false);
    until(() -> on("#tabs"));
    type("m07 sco");
    until(() -> offered().isPresent());
    escape();
    until(() -> offered().isEmpty());
    assertThat(field().getText()).isEqualTo("m07 sco");
    escape();
    until(() -> field().getText().isEmpty());
    finds(31);
    assertThat(on("#tabs")).isTrue();
    escape();
    until(() -> !on("#tabs"));
  }

  @Test
  void whatIsTypedIsCompleted() throws Exception {
    show(services.store("a.db", memories()));
    type("sc");
    until(() -> offered().isPresent());
    press(KeyCode.DOWN);
    press(KeyCode.ENTER);
    assertThat(ask(() -> field().getText())).isEqualTo("scope:");
    until(
        () ->
            offered().map(list -> list.getItems().toString().contains("agent:ops")).orElse(false));
    press(KeyCode.DOWN);
    press(KeyCode.DOWN);
    press(KeyCode.TAB);
    assertThat(ask(() -> field().getText())).isEqualTo("scope:agent:ops");
    finds(1);
  }

  @Test
  void whereItOccursIsMarkedInEveryRow() throws Exception {
    show(services.store("a.db", memories()));
    type("gradle");
    finds(31);
    until(() -> table().lookupAll(".match").size() > 5);
    assertThat(ask(() -> cellsWith("m00"))).allMatch(cell -> cell.lookup(".match") != null);
    type("");
    until(() -> table().lookupAll(".match").isEmpty());
  }

  @Test
  void whereItOccursIsSelectedAndScrolledToInTheWholeText() throws Exception {
    List<MemoryEntry> all = new ArrayList<>(memories());
    String before = "A line that says nothing of it.\n".repeat(120);
    all.add(
        new MemoryEntry(
            "long", before + "The WOMBAT is here.", "fact", "global", 0.9, 1L, "{}", 1));
    show(services.store("a.db", all), Locale.ENGLISH, Theme.DARK, 1280, 800);
    type("wombat");
    finds(1);
    run(() -> table().getSelectionModel().select(0));
    TextArea text = node("#text", TextArea.class);
    until(() -> ask(text::getSelectedText).equals("WOMBAT"));
    until(() -> ask(text::getScrollTop) > 500);
    // Nor is it at the beginning of the row, far behind which it is.
    until(() -> !cellsWith("…nothing of it. The WOMBAT is here.").isEmpty());
    assertThat(table().lookupAll(".match")).isNotEmpty();
    Pictures.shoot(stage, "find-in-details-dark");
    // What somebody has selected is left alone until something else is searched for.
    run(() -> text.selectRange(0, 6));
    run(() -> node("#memories", Node.class).requestFocus());
    assertThat(ask(text::getSelectedText)).isEqualTo("A line");
    type("here wombat");
    until(() -> ask(text::getSelectedText).equals("WOMBAT"));
    type("");
    until(() -> ask(text::getSelectedText).isEmpty());
  }

  private List<Node> cellsWith(String words) {
    return table().lookupAll(".table-cell").stream()
        .filter(cell -> cell.lookup(".label") instanceof Label)
        .filter(cell -> ((Label) cell.lookup(".label")).getText().contains(words))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = Theme.class,
      names = {"LIGHT", "DARK"})
  void pictures(Theme theme) throws Exception {
    String name = "find-" + theme.name().toLowerCase(Locale.ROOT);
    show(services.store("a.db", memories()), Locale.ENGLISH, theme, 1280, 800);
    type("gradle \"build uses\" scope:global");
    finds(10);
    Pictures.shoot(stage, name + "-marked");
    type("story gradle");
    finds(1);
    Pictures.shoot(stage, name + "-excerpt");
    type("gradle state:new before:");
    until(() -> on("#problem"));
    run(() -> stage.setWidth(900));
    run(() -> stage.setHeight(560));
    Pictures.shoot(stage, name + "-problem");
    type("gradle scope:nobody");
    finds(0);
    Pictures.shoot(stage, name + "-nothing");
    type("st");
    until(() -> offered().isPresent());
    Window popup = Objects.requireNonNull(ask(() -> offered().get().getScene().getWindow()));
    Pictures.shoot(popup.getScene(), name + "-completion");
  }

  private static Optional<ListView<?>> offered() {
    return Window.getWindows().stream()
        .filter(Window::isShowing)
        .map(window -> window.getScene().getRoot().lookup("#completion"))
        .filter(ListView.class::isInstance)
        .<ListView<?>>map(list -> (ListView<?>) list)
        .findFirst();
  }

  private void escape() {
    press(KeyCode.ESCAPE);
  }

  private void press(KeyCode code) {
    run(
        () ->
            Event.fireEvent(
                Objects.requireNonNullElse(stage.getScene().getFocusOwner(), field()),
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false)));
  }
}
