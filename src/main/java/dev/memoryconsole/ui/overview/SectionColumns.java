package dev.memoryconsole.ui.overview;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/**
 * Puts sections into as many columns as there is room for, each below the shortest so far. How wide
 * a column is at least, the sections say by the width they prefer.
 */
public final class SectionColumns extends Pane {
  private static final double GAP = 32;

  private record Place(Node section, double x, double y, double width, double height) {}

  /** With nothing in it. */
  public SectionColumns() {
    getStyleClass().add("section-columns");
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  @Override
  protected double computeMinWidth(double height) {
    return 0;
  }

  @Override
  protected double computePrefHeight(double width) {
    return places(width < 0 ? prefWidth(-1) : width).stream()
        .mapToDouble(place -> place.y() + place.height())
        .max()
        .orElse(0);
  }

  @Override
  protected void layoutChildren() {
    for (Place place : places(getWidth())) {
      place
          .section()
          .resizeRelocate(
              snapPositionX(place.x()),
              snapPositionY(place.y()),
              snapSizeX(place.width()),
              snapSizeY(place.height()));
    }
  }

  private List<Place> places(double width) {
    List<Node> sections = getManagedChildren();
    double least = sections.stream().mapToDouble(section -> section.prefWidth(-1)).max().orElse(1);
    int columns =
        Math.clamp((int) ((width + GAP) / (least + GAP)), 1, Math.max(1, sections.size()));
    double each = Math.floor((width - GAP * (columns - 1)) / columns);
    double[] ends = new double[columns];
    List<Place> places = new ArrayList<>();
    for (Node section : sections) {
      int column = 0;
      for (int i = 1; i < columns; i++) {
        column = ends[i] < ends[column] ? i : column;
      }
      double height = section.prefHeight(each);
      places.add(new Place(section, column * (each + GAP), ends[column], each, height));
      ends[column] += height + GAP;
    }
    return places;
  }
}
