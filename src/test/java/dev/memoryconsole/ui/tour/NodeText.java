package dev.memoryconsole.ui.tour;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;

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
