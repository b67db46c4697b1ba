package dev.memoryconsole.ui.common;

import java.util.List;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;

/** What a form puts into its nodes, before any skin has made children of it. Stateless. */
final class Contents {
  private Contents() {}

  /** What is directly in a node; nothing in a shape. */
  static List<Node> of(Node node) {
    return switch (node) {
      case SplitPane split -> split.getItems();
      case TabPane tabs ->
          tabs.getTabs().stream().map(Tab::getContent).filter(Objects::nonNull).toList();
      case ScrollPane scroll ->
          scroll.getContent() == null ? List.of() : List.of(scroll.getContent());
      case Parent parent -> parent.getChildrenUnmodifiable();
      default -> List.of();
    };
  }
}
