package dev.memoryconsole.ui.entries.find;

import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Path;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

/** A line of text with a mark behind each place where something that is searched for occurs. */
final class MatchLine extends Region {
  private final Label label = new Label();
  private final Path marks = new Path();
  private final Rectangle clip = new Rectangle();
  private final List<Matches.Place> places;

  MatchLine(String line, List<String> phrases) {
    places = Matches.in(line, phrases);
    label.setText(line);
    label.setMinWidth(0);
    marks.setManaged(false);
    marks.getStyleClass().add("match");
    marks.setClip(clip);
    getChildren().addAll(marks, label);
    setMinWidth(0);
    setMaxWidth(Double.MAX_VALUE);
    setMouseTransparent(true);
  }

  @Override
  protected double computePrefHeight(double width) {
    return label.prefHeight(-1);
  }

  @Override
  protected double computePrefWidth(double height) {
    return label.prefWidth(-1);
  }

  @Override
  protected void layoutChildren() {
    label.resizeRelocate(0, 0, getWidth(), getHeight());
    Text measured = new Text(label.getText());
    measured.setFont(label.getFont());
    measured.setTextOrigin(VPos.TOP);
    marks.getElements().clear();
    places.forEach(
        place -> marks.getElements().addAll(measured.rangeShape(place.from(), place.to())));
    marks.relocate(0, 0);
    marks.setLayoutX(0);
    marks.setLayoutY((getHeight() - measured.getLayoutBounds().getHeight()) / 2);
    clip.setWidth(getWidth());
    clip.setHeight(getHeight());
  }
}
