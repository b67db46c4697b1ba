package dev.memoryconsole.ui.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.event.Event;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What opens above the window is used by keyboard, and every entry of it has a name. */
class MenusInWindowTest extends Places {
  @ParameterizedTest
  @ValueSource(strings = {"memories", "runs", "locks", "checkup"})
  void everyMenuButtonIsWalkedThrough(String screen) throws Exception {
    show(memories());
    press("#" + screen);
    still();
    List<MenuButton> menus =
        ask(
            () ->
                root().lookupAll(".menu-button").stream()
                    .filter(Places::shown)
                    .filter(node -> !node.isDisabled())
                    .map(MenuButton.class::cast)
                    .toList());
    assertThat(menus).isNotEmpty();
    for (MenuButton menu : menus) {
      run(menu::requestFocus);
      key(KeyCode.DOWN, false, false);
      until(menu::isShowing);
      assertThat(walk())
          .as(menu.getId())
          .noneMatch(String::isBlank)
          .hasSizeGreaterThanOrEqualTo(usable(menu.getItems()))
          .containsAll(names(menu.getItems()));
      key(KeyCode.ESCAPE, false, false);
      until(() -> !menu.isShowing() && menu.isFocused());
    }
  }

  @Test
  void theMenuOfARowIsOpenedByItsKey() throws Exception {
    show(memories());
    run(
        () -> {
          table().requestFocus();
          table().getSelectionModel().clearAndSelect(1);
          Event.fireEvent(
              table(),
              new ContextMenuEvent(
                  ContextMenuEvent.CONTEXT_MENU_REQUESTED, 100, 100, 400, 300, true, null));
        });
    ContextMenu menu = ask(() -> table().getContextMenu());
    until(menu::isShowing);
    assertThat(walk()).isEqualTo(names(menu.getItems()));
    key(KeyCode.ESCAPE, false, false);
    until(() -> !menu.isShowing() && table().isFocused());
  }

  @Test
  void menusWithinAMenuAreOpenedWalkedThroughAndLeftByArrows() throws Exception {
    show(memories());
    run(
        () -> {
          table().requestFocus();
          table().getSelectionModel().clearAndSelect(1);
          table().getContextMenu().show(table(), 200, 150);
        });
    ContextMenu menu = ask(() -> table().getContextMenu());
    until(menu::isShowing);
    List<Menu> within =
        ask(
            () ->
                menu.getItems().stream()
                    .filter(Menu.class::isInstance)
                    .map(Menu.class::cast)
                    .toList());
    assertThat(within).hasSize(2);
    for (Menu one : within) {
      for (int i = 0; i < menu.getItems().size() && !focused().contains(one.getText()); i++) {
        press(KeyCode.DOWN);
      }
      press(KeyCode.RIGHT);
      until(() -> one.isShowing() && popups().size() == 2);
      assertThat(walk()).as(one.getText()).isEqualTo(names(one.getItems()));
      press(KeyCode.LEFT);
      until(() -> !one.isShowing() && menu.isShowing());
      until(() -> popups().size() == 1);
    }
    press(KeyCode.ESCAPE);
    until(() -> !menu.isShowing());
  }

  private static String focused() {
    Node focused = ask(() -> popup().getScene().getFocusOwner());
    return focused == null ? "" : ask(() -> name(focused));
  }

  @Test
  void whatIsOfferedWhileOneTypesIsTold() throws Exception {
    show(memories());
    TextField search = node("#search", TextField.class);
    run(
        () -> {
          search.requestFocus();
          search.replaceSelection("sta");
        });
    until(() -> Window.getWindows().stream().anyMatch(PopupWindow.class::isInstance));
    ListView<?> offered =
        ask(() -> (ListView<?>) popup().getScene().getRoot().lookup("#completion"));
    assertThat(ask(() -> cells(offered))).isNotEmpty().noneMatch(String::isBlank);
    assertThat(ask(offered::getAccessibleText)).isNotBlank();
    int before = ask(() -> offered.getSelectionModel().getSelectedIndex());
    key(KeyCode.DOWN, false, false);
    assertThat(ask(() -> offered.getSelectionModel().getSelectedIndex())).isNotEqualTo(before);
    // The focus stays in the field, and so does what is read aloud.
    String chosen = ask(() -> selected(offered));
    assertThat(ask(search::getAccessibleHelp)).contains(chosen);
    key(KeyCode.ESCAPE, false, false);
    until(() -> Window.getWindows().stream().noneMatch(PopupWindow.class::isInstance));
    assertThat(ask(search::isFocused)).isTrue();
  }

  private static String selected(ListView<?> list) {
    return list.lookupAll(".list-cell").stream()
        .map(node -> (ListCell<?>) node)
        .filter(ListCell::isSelected)
        .map(MenusInWindowTest::name)
        .findFirst()
        .orElseThrow();
  }

  /** The one that was opened last. */
  private static PopupWindow popup() {
    return popups().getLast();
  }

  private static List<PopupWindow> popups() {
    return Window.getWindows().stream()
        .filter(PopupWindow.class::isInstance)
        .map(PopupWindow.class::cast)
        .toList();
  }

  private static List<String> cells(Node list) {
    return list.lookupAll(".list-cell").stream()
        .map(node -> (ListCell<?>) node)
        .filter(cell -> !cell.isEmpty())
        .map(MenusInWindowTest::name)
        .toList();
  }

  private static String name(Node node) {
    Object read = node.queryAccessibleAttribute(AccessibleAttribute.TEXT);
    return read == null ? "" : read.toString();
  }

  /** Goes down until the first comes again; what is read aloud of each. */
  private List<String> walk() {
    List<String> names = new ArrayList<>();
    List<Node> seen = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Node focused = ask(() -> popup().getScene().getFocusOwner());
      if (focused != null && !focused.getStyleClass().contains("context-menu")) {
        if (seen.contains(focused)) {
          break;
        }
        if (focused.getStyleClass().contains("menu-item")
            || focused.getStyleClass().contains("menu")) {
          seen.add(focused);
          names.add(ask(() -> name(focused)));
        }
      }
      press(KeyCode.DOWN);
    }
    return names;
  }

  private static void press(KeyCode code) {
    run(
        () -> {
          Node owner = popup().getScene().getFocusOwner();
          Event.fireEvent(
              owner == null ? popup().getScene().getRoot() : owner,
              new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
        });
  }

  private static int usable(List<MenuItem> items) {
    return (int) items.stream().filter(MenusInWindowTest::isUsable).count();
  }

  private static boolean isUsable(MenuItem item) {
    return item.isVisible() && !item.isDisable() && !(item instanceof SeparatorMenuItem);
  }

  /** What the entries are called; those with a field in them have no words of their own. */
  private static List<String> names(List<MenuItem> items) {
    return items.stream()
        .filter(MenusInWindowTest::isUsable)
        .flatMap(item -> Stream.ofNullable(item.getText()))
        .toList();
  }
}
