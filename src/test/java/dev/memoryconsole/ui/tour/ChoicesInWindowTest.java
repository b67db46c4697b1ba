package dev.memoryconsole.ui.tour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.mend.find.Finding;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import javafx.event.Event;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import org.controlsfx.control.CheckComboBox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one chooses from or ticks is used by keyboard alone, and has a name, wherever it is. */
class ChoicesInWindowTest extends Places {
  /** Boxes with which the window is built anew. */
  private static final Set<String> BUILT_ANEW = Set.of("windowLanguage", "textSize");

  @ParameterizedTest
  @ValueSource(strings = {"settings", "mend", "merge", "import", "database"})
  void everyBoxIsOpenedAndChosenFromByArrows(String place) throws Exception {
    go(place);
    List<ComboBox<?>> boxes =
        all(ComboBox.class, box -> !box.isEditable() && !BUILT_ANEW.contains(box.getId())).stream()
            .<ComboBox<?>>map(box -> (ComboBox<?>) box)
            .toList();
    assertThat(boxes).isNotEmpty();
    for (ComboBox<?> box : boxes) {
      // What is chosen in one may do without another.
      if (ask(() -> shown(box) && box.getItems().size() > 1)) {
        assertThat(ask(() -> name(box))).as(box.getId()).isNotBlank();
        choose(box);
      }
    }
  }

  private void choose(ComboBox<?> box) {
    String what = String.valueOf(box.getId());
    run(box::requestFocus);
    Object before = ask(box::getValue);
    open(box);
    List<String> names = ask(() -> cells());
    assertThat(names).as(what).isNotEmpty().noneMatch(String::isBlank);
    boolean last =
        ask(() -> box.getSelectionModel().getSelectedIndex() == box.getItems().size() - 1);
    stroke(last ? KeyCode.UP : KeyCode.DOWN);
    assertThat(ask(() -> name(selected()))).as(what).isIn(names);
    stroke(KeyCode.ENTER);
    until(() -> !box.isShowing() && box.isFocused());
    assertThat(ask(box::getValue)).as(what).isNotEqualTo(before);
    // Without a list it goes by arrows alone.
    stroke(last ? KeyCode.DOWN : KeyCode.UP);
    if (before != null) {
      assertThat(ask(box::getValue)).as(what).isEqualTo(before);
    }
    assertThat(ask(box::isShowing)).as(what).isFalse();
    open(box);
    stroke(KeyCode.ESCAPE);
    until(() -> !box.isShowing() && box.isFocused());
  }

  @Test
  void aLanguageIsChosenByKeyboardAndTheFocusStaysInItsBox() throws Exception {
    go("settings", false);
    ComboBox<?> box = node("#windowLanguage", ComboBox.class);
    run(box::requestFocus);
    open(box);
    stroke(KeyCode.DOWN);
    stroke(KeyCode.DOWN);
    stroke(KeyCode.ENTER);
    until(() -> says("外观"));
    until(() -> on("#windowLanguage") && node("#windowLanguage", Node.class).isFocused());
  }

  @Test
  void aScopeIsTypedOrChosenByKeyboard() throws Exception {
    go("mend");
    ComboBox<?> box = node("#mendScope", ComboBox.class);
    assertThat(ask(() -> name(box))).isNotBlank();
    run(box::requestFocus);
    open(box);
    assertThat(ask(() -> cells())).isNotEmpty().noneMatch(String::isBlank);
    stroke(KeyCode.DOWN);
    stroke(KeyCode.ENTER);
    until(() -> !box.isShowing() && box.isFocused());
    assertThat(ask(() -> box.getEditor().getText())).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"scopes", "categories"})
  void whatIsFilteredByIsTickedByKeyboardAndRead(String box) throws Exception {
    go("memories");
    CheckComboBox<?> facet = node("#" + box, CheckComboBox.class);
    String name = ask(() -> name(facet));
    assertThat(name).isNotBlank();
    int all = rows();
    run(facet::requestFocus);
    stroke(KeyCode.DOWN);
    until(ChoicesInWindowTest::popped);
    assertThat(ask(() -> cells())).isNotEmpty().noneMatch(String::isBlank);
    stroke(KeyCode.DOWN);
    stroke(KeyCode.SPACE);
    until(() -> rows() < all);
    // Several can be ticked, so it stays open; which are is read with its name.
    assertThat(ask(ChoicesInWindowTest::popped)).isTrue();
    assertThat(ask(() -> name(facet))).isNotEqualTo(name).startsWith(name + ": ");
    stroke(KeyCode.SPACE);
    until(() -> rows() == all);
    stroke(KeyCode.ESCAPE);
    until(() -> !popped());
    assertThat(ask(() -> name(facet))).isEqualTo(name);
    assertThat(ask(() -> within(facet, stage.getScene().getFocusOwner()))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"settings", "mend", "import", "snapshots", "preview", "question"})
  void everyCheckBoxIsTickedByKeyboard(String place) throws Exception {
    go(place);
    List<CheckBox> boxes = all(CheckBox.class, Node::isFocusTraversable);
    if (!place.equals("mend") && !place.equals("question")) {
      assertThat(boxes).isNotEmpty();
    }
    for (CheckBox box : boxes) {
      boolean before = ask(box::isSelected);
      assertThat(ask(() -> name(box))).as(box.getId()).isNotBlank();
      run(box::requestFocus);
      stroke(KeyCode.SPACE);
      assertThat(ask(box::isSelected)).as(box.getId()).isNotEqualTo(before);
      stroke(KeyCode.SPACE);
      assertThat(ask(box::isSelected)).as(box.getId()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"settings", "overview", "locks", "snapshots"})
  void ofSeveralOneIsChosenByArrows(String place) throws Exception {
    go(place);
    List<ToggleButton> groups =
        all(
            ToggleButton.class,
            button ->
                button.isSelected()
                    && button.getToggleGroup() != null
                    && !button.getStyleClass().contains("rail-button"));
    for (ToggleButton chosen : groups) {
      run(chosen::requestFocus);
      boolean last =
          ask(() -> Objects.equals(chosen.getToggleGroup().getToggles().getLast(), chosen));
      stroke(last ? KeyCode.LEFT : KeyCode.RIGHT);
      if (ask(chosen::isFocused)) {
        stroke(last ? KeyCode.UP : KeyCode.DOWN);
      }
      Node focused = ask(() -> stage.getScene().getFocusOwner());
      assertThat(focused).as(chosen.getText()).isInstanceOf(ToggleButton.class);
      if (!(focused instanceof RadioButton)) {
        stroke(KeyCode.SPACE);
      }
      assertThat(ask(() -> ((ToggleButton) focused).isSelected())).isTrue();
      assertThat(ask(chosen::isSelected)).as(chosen.getText()).isFalse();
      // What is chosen in one may do without another.
      run(() -> chosen.setSelected(true));
    }
  }

  private void go(String place) throws Exception {
    go(place, true);
  }

  private void go(String place, boolean modelToo) throws Exception {
    show(memories());
    switch (place) {
      case "memories" -> still();
      case "settings", "overview", "locks" -> {
        press("#" + place);
        if (place.equals("settings") && modelToo) {
          run(() -> node("#byModel", RadioButton.class).fire());
        }
      }
      case "mend" -> {
        click(0, true, false);
        run(() -> changing("changeFields").fire());
        until(() -> on("#mendScope"));
      }
      case "merge" -> {
        press("#checkup");
        press("#checkupBegin");
        until(() -> on("#checkupFindings"));
        run(() -> findings().getSelectionModel().select(Finding.DUPLICATE));
        press("#checkupMend");
        until(() -> on("#mendKeeps"));
      }
      case "import" -> {
        picked =
            Files.writeString(
                folder.resolve("notes.jsonl"), "{\"note\":\"Buy flour\",\"title\":\"Shopping\"}\n");
        choose("importItem");
        until(() -> on("#importText"));
      }
      case "database" -> {
        choose("databaseItem");
        until(() -> on("#databaseUrl"));
      }
      case "snapshots" -> openSnapshots();
      case "preview" -> {
        press("#legacyChip");
        still();
        click(0, true, false);
        click(1, true, false);
        press("#preview");
        until(() -> on("#previewTake"));
      }
      case "question" -> {
        press("#upgradeAll");
        until(() -> on("#yes"));
      }
      default -> throw new AssertionError(place);
    }
    still();
  }

  @SuppressWarnings("unchecked")
  private ListView<Finding> findings() {
    return node("#checkupFindings", ListView.class);
  }

  private MenuItem changing(String id) {
    MenuButton change = node("#change", MenuButton.class);
    change.getOnShowing().handle(new Event(Event.ANY));
    return change.getItems().stream()
        .filter(item -> id.equals(item.getId()))
        .findFirst()
        .orElseThrow();
  }

  private <T extends Node> List<T> all(Class<T> type, Predicate<T> which) {
    return ask(
        () ->
            top().lookupAll("*").stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(Places::shown)
                .filter(node -> !node.isDisabled())
                .filter(which)
                .toList());
  }

  @Test
  void aSizeOfTextIsChosenByKeyboardOnceAndTheFocusStaysInItsBox() throws Exception {
    go("settings", false);
    ComboBox<?> box = node("#textSize", ComboBox.class);
    run(box::requestFocus);
    open(box);
    stroke(KeyCode.DOWN);
    stroke(KeyCode.DOWN);
    assertThat(savedLooks).isEmpty();
    stroke(KeyCode.ENTER);
    until(() -> node("#textSize", Node.class).isFocused());
    assertThat(savedLooks.getFirst().textSize()).isEqualTo(125);
  }

  private void open(ComboBox<?> box) {
    stroke(KeyCode.F4);
    until(box::isShowing);
  }

  /** Presses a key where the focus is, and lets go of it. */
  private void stroke(KeyCode code) {
    key(code, false, false);
    run(
        () -> {
          Node owner = stage.getScene().getFocusOwner();
          Event.fireEvent(
              owner == null ? root() : owner,
              new KeyEvent(KeyEvent.KEY_RELEASED, "", "", code, false, false, false, false));
        });
  }

  private static boolean popped() {
    return Window.getWindows().stream().anyMatch(PopupWindow.class::isInstance);
  }

  private static Node popup() {
    return Window.getWindows().stream()
        .filter(PopupWindow.class::isInstance)
        .map(window -> window.getScene().getRoot())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> cells() {
    return popup().lookupAll(".list-cell").stream()
        .map(node -> (ListCell<?>) node)
        .filter(cell -> !cell.isEmpty())
        .map(ChoicesInWindowTest::name)
        .toList();
  }

  private static Node selected() {
    return popup().lookupAll(".list-cell").stream()
        .filter(node -> ((ListCell<?>) node).isSelected())
        .findFirst()
        .orElseThrow();
  }

  private static boolean within(Node whole, Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (at.equals(whole)) {
        return true;
      }
    }
    return false;
  }

  private static String name(Node node) {
    String given = node.getAccessibleText();
    Object read = given == null ? node.queryAccessibleAttribute(AccessibleAttribute.TEXT) : given;
    return read == null ? "" : read.toString();
  }
}
