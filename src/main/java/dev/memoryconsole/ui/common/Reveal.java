package dev.memoryconsole.ui.common;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;

/** Scrolls to what the focus was put on: only the keys that move it do that by themselves. */
public final class Reveal {
  private static final double MARGIN = 48;

  private Reveal() {}

  /** Scrolls up or down, as far as it takes to see a node within it. */
  public static void within(ScrollPane scroll, Node node) {
    Node content = scroll.getContent();
    scroll.applyCss();
    scroll.layout();
    double view = scroll.getViewportBounds().getHeight();
    double spare = content.getLayoutBounds().getHeight() - view;
    if (spare <= 0) {
      return;
    }
    Bounds at = content.sceneToLocal(node.localToScene(node.getLayoutBounds()));
    double top = scroll.getVvalue() * spare;
    double most = at.getMinY() - MARGIN;
    double least = at.getMaxY() + MARGIN - view;
    scroll.setVvalue(Math.clamp(Math.min(most, Math.max(least, top)) / spare, 0, 1));
  }
}
