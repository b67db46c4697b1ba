package dev.memoryconsole.ui.tour;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;

/** What is written in a window, and where. */
final class NodeText {
  private NodeText() {}

  /** All words that can be seen, a line each. */
  static String words(Node node) {
    return words(node, new StringBuilder()).toString();
  }

  private static StringBuilder words(Node node, StringBuilder into) {
    if (node.isVisible()) {
      if (node instanceof Labeled labeled) {
        into.append(labeled.getText()).append('\n');
      }
      if (node instanceof Parent parent) {
        parent.getChildrenUnmodifiable().forEach(child -> words(child, into));
      }
    }
    return into;
  }

  /** Pages that take up most of a window and are longer than it. */
  static List<ScrollPane> longPages(Parent root) {
    return root.lookupAll(".scroll-pane").stream()
        .filter(ScrollPane.class::isInstance)
        .map(ScrollPane.class::cast)
        .filter(EveryPlace::shown)
        .filter(page -> page.getWidth() > root.getLayoutBounds().getWidth() / 2)
        .filter(NodeText::isLonger)
        .toList();
  }

  private static boolean isLonger(ScrollPane page) {
    return page.getContent() != null
        && page.getContent().getLayoutBounds().getHeight()
            > page.getViewportBounds().getHeight() + 1;
  }

  /** Names a node by what it lies in. */
  static String where(Node node) {
    List<String> path = new ArrayList<>();
    for (Node at = node; at != null && path.size() < 4; at = at.getParent()) {
      path.addFirst(
          at.getClass().getSimpleName()
              + (at.getId() == null ? "" : "#" + at.getId())
              + at.getStyleClass());
    }
    return String.join(" > ", path);
  }
}
