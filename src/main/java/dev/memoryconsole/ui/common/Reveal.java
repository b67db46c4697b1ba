package dev.memoryconsole.ui.common;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;

/** Scrolls to a node: only the keys that move the focus do that by themselves. */
public final class Reveal {
  private static final double MARGIN = 48;

  private Reveal() {}

  /** Scrolls up or down, as far as it takes to see a node within it. */
  public static void within(ScrollPane scroll, Node node) {
    double view = heightOf(scroll);
    double spare = spare(scroll, view);
    if (spare <= 0) {
      return;
    }
    Bounds at = place(scroll.getContent(), node);
    double top = scroll.getVvalue() * spare;
    double most = at.getMinY() - MARGIN;
    double least = at.getMaxY() + MARGIN - view;
    scroll.setVvalue(Math.clamp(Math.min(most, Math.max(least, top)) / spare, 0, 1));
  }

  /** Scrolls so far that a node is the first that is seen, as far as there is more below it. */
  public static void atTop(ScrollPane scroll, Node node) {
    double spare = spare(scroll, heightOf(scroll));
    if (spare > 0) {
      double top = place(scroll.getContent(), node).getMinY();
      scroll.setVvalue(Math.clamp(top / spare, 0, 1));
    }
  }

  private static double heightOf(ScrollPane scroll) {
    scroll.applyCss();
    scroll.layout();
    return scroll.getViewportBounds().getHeight();
  }

  private static double spare(ScrollPane scroll, double view) {
    return scroll.getContent().getLayoutBounds().getHeight() - view;
  }

  private static Bounds place(Node content, Node node) {
    return content.sceneToLocal(node.localToScene(node.getLayoutBounds()));
  }
}
