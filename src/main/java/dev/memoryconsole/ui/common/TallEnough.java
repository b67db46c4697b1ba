package dev.memoryconsole.ui.common;

import javafx.application.Platform;
import javafx.geometry.Orientation;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * A column that is never lower than its content has to be at the width it has, even where nobody
 * says how wide it will be: a split pane asks for the least height without a width, and words that
 * wrap would count as a single line.
 */
public final class TallEnough extends VBox {
  /** Empty. */
  public TallEnough() {
    // Whoever lays it out has asked for its height by then.
    widthProperty().addListener(value -> Platform.runLater(this::requestLayout));
  }

  @Override
  public @Nullable Orientation getContentBias() {
    return null;
  }

  @Override
  protected double computeMinHeight(double width) {
    return super.computeMinHeight(width < 0 && getWidth() > 0 ? getWidth() : width);
  }
}
