package dev.memoryconsole.ui.common.table;

import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/** Draws a {@link Badge}: its shape, then its word. The shapes and colours are in console.css. */
public final class StateBadge {
  private StateBadge() {}

  /** The shape alone, for use beside a word. */
  public static Region shape(Badge badge) {
    Region shape = new Region();
    shape.getStyleClass().addAll("state-shape", badge.styleClass());
    return shape;
  }

  /** Shape and word. */
  public static Label label(Badge badge, String word) {
    Label label = new Label(word, shape(badge));
    label.getStyleClass().addAll("state-badge", badge.styleClass());
    label.setContentDisplay(ContentDisplay.LEFT);
    return label;
  }
}
