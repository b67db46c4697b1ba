package dev.memoryconsole.ui.diff;

import dev.memoryconsole.diff.WordDiff;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.layout.Region;
import javafx.scene.shape.Path;
import javafx.scene.text.Text;

/** A text that wraps, with marks behind some of its words. */
public final class MarkedText extends Region {
  private final Text text;
  private final Path marks = new Path();
  private final List<WordDiff.Place> places;

  /**
   * Shows a text.
   *
   * @param places what is marked
   * @param markClass the style class of the marks
   */
  public MarkedText(String words, List<WordDiff.Place> places, String markClass) {
    this.text = new Text(words);
    this.places = places;
    text.setTextOrigin(VPos.TOP);
    text.getStyleClass().addAll("diff-text", "mono");
    // What is struck out or underlined is told by more than the colour behind it.
    marks.getStyleClass().addAll("diff-mark", markClass);
    marks.setManaged(false);
    getStyleClass().add("diff-value");
    setAccessibleText(words);
    getChildren().setAll(marks, text);
    setMinWidth(0);
    setMaxWidth(Double.MAX_VALUE);
  }

  String words() {
    return text.getText();
  }

  List<WordDiff.Place> places() {
    return places;
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  @Override
  protected double computePrefWidth(double height) {
    return snappedLeftInset() + text.prefWidth(-1) + snappedRightInset();
  }

  @Override
  protected double computePrefHeight(double width) {
    if (width > 0) {
      wrap(width);
    }
    return snappedTopInset() + text.getLayoutBounds().getHeight() + snappedBottomInset();
  }

  @Override
  protected double computeMinHeight(double width) {
    return computePrefHeight(width);
  }

  @Override
  protected void layoutChildren() {
    wrap(getWidth());
    text.relocate(snappedLeftInset(), snappedTopInset());
    marks.getElements().clear();
    for (WordDiff.Place place : places) {
      marks.getElements().addAll(text.rangeShape(place.from(), place.to()));
    }
    marks.setLayoutX(snappedLeftInset());
    marks.setLayoutY(snappedTopInset());
  }

  private void wrap(double width) {
    double inside = Math.max(1, width - snappedLeftInset() - snappedRightInset());
    if (text.getWrappingWidth() != inside) {
      text.setWrappingWidth(inside);
    }
  }
}
