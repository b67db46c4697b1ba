package dev.memoryconsole.ui.common;

import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/**
 * A line that may be as narrow as it has to be, and is as high as its content is at its width.
 * Those below say what happens where there is too little room.
 */
abstract class NarrowLine extends HBox {
  @Override
  public final Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  @Override
  protected final double computeMinWidth(double height) {
    return 0;
  }

  @Override
  protected final double computeMinHeight(double width) {
    return computePrefHeight(width);
  }

  @Override
  protected final double computePrefHeight(double width) {
    Insets insets = getInsets();
    double room = width < 0 ? Double.MAX_VALUE : room(width);
    return snapSizeY(insets.getTop() + contentHeight(room) + insets.getBottom());
  }

  /** How high the children are, where there is so much room for them. */
  abstract double contentHeight(double room);

  /** What is left of a width between the insets. */
  final double room(double width) {
    return width - getInsets().getLeft() - getInsets().getRight();
  }

  /** Whether a child takes what is left. */
  static boolean grows(Node child) {
    return HBox.getHgrow(child) == Priority.ALWAYS;
  }
}
