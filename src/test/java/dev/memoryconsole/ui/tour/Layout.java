package dev.memoryconsole.ui.tour;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Control;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TreeTableView;
import javafx.scene.text.Text;

/**
 * Whether all of a place is in the window: whatever can be used lies in it, or can be scrolled to;
 * the bars keep their height; and what a button says is not cut short.
 */
final class Layout implements EveryPlace.Visitor {
  // Rounding to whole pixels, and the ring of the focus.
  private static final double SLACK = 2;

  private final Set<String> faults = new LinkedHashSet<>();
  private final EveryPlace window;
  private double topBar;

  Layout(EveryPlace window) {
    this.window = window;
  }

  /** What is wrong, each with where. */
  Set<String> faults() {
    return faults;
  }

  @Override
  public void at(String place) {
    faults.addAll(EveryPlace.see(() -> problems(place)));
  }

  private Set<String> problems(String place) {
    Set<String> found = new LinkedHashSet<>();
    Bounds room = new BoundingBox(0, 0, window.scene().getWidth(), window.scene().getHeight());
    for (String bar : List.of(".top-bar", ".rail", "#runBar")) {
      window.scene().getRoot().lookupAll(bar).stream()
          .filter(EveryPlace::shown)
          .forEach(node -> bar(place, bar, node, room, found));
    }
    inside(window.top(), place, room, found);
    return found;
  }

  private static void within(String place, Node bar, Set<String> found) {
    Bounds room = bar.localToScene(bar.getLayoutBounds());
    bar.lookupAll(".button, .rail-button").stream()
        .filter(EveryPlace::shown)
        .filter(button -> !contains(room, button.localToScene(button.getLayoutBounds())))
        .forEach(button -> found.add(place + ": leaves its bar: " + NodeText.where(button)));
  }

  private void bar(String place, String bar, Node node, Bounds window, Set<String> found) {
    Bounds at = node.localToScene(node.getLayoutBounds());
    if (!contains(window, at)) {
      found.add(place + ": " + bar + " is at " + shown(at));
    }
    within(place, node, found);
    if (bar.equals(".top-bar")) {
      topBar = topBar == 0 ? at.getHeight() : topBar;
      if (Math.abs(topBar - at.getHeight()) > SLACK) {
        found.add(place + ": " + bar + " is " + at.getHeight() + " high, was " + topBar);
      }
    }
  }

  /**
   * @param room where this may lie: the window, or all that one can scroll to
   */
  private static void inside(Node node, String place, Bounds room, Set<String> found) {
    if (!node.isVisible()) {
      return;
    }
    if (node instanceof Control control && node.isManaged()) {
      Bounds at = node.localToScene(node.getLayoutBounds());
      if (!contains(room, at)) {
        found.add(
            place + ": at " + shown(at) + ", not in " + shown(room) + ": " + NodeText.where(node));
      } else if (control instanceof ButtonBase button && isCut(button)) {
        found.add(place + ": cut short: \"" + button.getText() + "\", " + NodeText.where(node));
      }
    }
    switch (node) {
      // Rows and columns beyond the edge are scrolled to.
      case TableView<?> table -> {}
      case ListView<?> list -> {}
      case TreeTableView<?> tree -> {}
      case ScrollPane pane -> inside(pane, place, found);
      case Parent parent ->
          parent.getChildrenUnmodifiable().forEach(child -> inside(child, place, room, found));
      default -> {}
    }
  }

  private static void inside(ScrollPane pane, String place, Set<String> found) {
    if (pane.getContent() == null) {
      return;
    }
    Node content = pane.getContent();
    Bounds all = content.localToScene(content.getLayoutBounds());
    Bounds view = pane.localToScene(pane.getLayoutBounds());
    boolean sideways = pane.getHbarPolicy() != ScrollPane.ScrollBarPolicy.NEVER;
    Bounds room =
        new BoundingBox(
            sideways ? all.getMinX() : view.getMinX(),
            all.getMinY(),
            sideways ? Math.max(all.getWidth(), view.getWidth()) : view.getWidth(),
            Math.max(all.getHeight(), view.getHeight()));
    inside(content, place, room, found);
  }

  private static boolean isCut(ButtonBase button) {
    String words = button.getText();
    if (words == null
        || words.isEmpty()
        || button.getContentDisplay() == ContentDisplay.GRAPHIC_ONLY) {
      return false;
    }
    if (button.isWrapText()) {
      return button.getHeight() + SLACK < button.prefHeight(button.getWidth());
    }
    return button.lookupAll(".text").stream()
        .noneMatch(node -> node instanceof Text text && words.equals(text.getText()));
  }

  private static boolean contains(Bounds room, Bounds at) {
    return at.getMinX() >= room.getMinX() - SLACK
        && at.getMinY() >= room.getMinY() - SLACK
        && at.getMaxX() <= room.getMaxX() + SLACK
        && at.getMaxY() <= room.getMaxY() + SLACK;
  }

  private static String shown(Bounds at) {
    return "%.0f..%.0f × %.0f..%.0f"
        .formatted(at.getMinX(), at.getMaxX(), at.getMinY(), at.getMaxY());
  }
}
