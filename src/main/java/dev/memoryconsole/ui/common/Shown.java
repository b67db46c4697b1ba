package dev.memoryconsole.ui.common;

import javafx.scene.Node;

/** Whether a node is there. */
public final class Shown {
  private Shown() {}

  /** Shows a node, or hides it without leaving its place empty. */
  public static void shown(Node node, boolean on) {
    node.setVisible(on);
    node.setManaged(on);
  }
}
