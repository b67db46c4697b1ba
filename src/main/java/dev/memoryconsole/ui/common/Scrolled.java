package dev.memoryconsole.ui.common;

import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;

/**
 * Is as high as its content, whose words wrap, and scrolls where there is less room than that. It
 * has the focus only while there is something to scroll.
 */
public final class Scrolled extends ScrollPane {
  // So that words and fields keep away from the bar, and reach the edge where there is none.
  private static final PseudoClass LONGER = PseudoClass.getPseudoClass("longer");

  /** Without content yet. */
  public Scrolled() {
    getStyleClass().addAll("edge-to-edge", "scrolled");
    setFitToWidth(true);
    setHbarPolicy(ScrollBarPolicy.NEVER);
    setMinHeight(0);
    setFocusTraversable(false);
    tellLonger(this);
    viewportBoundsProperty().addListener(value -> setFocusTraversable(isLonger(this)));
  }

  /** Has a pane be {@code :longer} in style sheets while there is something to scroll. */
  public static void tellLonger(ScrollPane pane) {
    pane.viewportBoundsProperty()
        .addListener(value -> pane.pseudoClassStateChanged(LONGER, isLonger(pane)));
  }

  private static boolean isLonger(ScrollPane pane) {
    Node content = pane.getContent();
    return content != null
        && content.getLayoutBounds().getHeight() > pane.getViewportBounds().getHeight() + 1;
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  @Override
  protected double computePrefHeight(double width) {
    Node content = getContent();
    if (content == null) {
      return super.computePrefHeight(width);
    }
    Insets insets = getInsets();
    double inside = width < 0 ? width : width - insets.getLeft() - insets.getRight();
    return insets.getTop() + content.prefHeight(inside) + insets.getBottom();
  }
}
