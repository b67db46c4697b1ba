package dev.memoryconsole.ui.lab;

import java.util.List;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * Bars on a log scale, one row a strategy: half of all, nearly all, and the worst, one over the
 * other. User interface's thread only.
 */
final class LogBars extends VBox {
  private static final double LEAST_MILLIS = 0.01;
  private static final double LEAST_SHARE = 0.02;
  private static final double HEIGHT = 10;

  private final GridPane rows = new GridPane();

  /**
   * A row.
   *
   * @param millis shortest first
   * @param figures the same in words
   */
  record Bar(String name, List<Double> millis, String figures) {}

  LogBars(String title) {
    Label heading = new Label(title);
    heading.getStyleClass().add("column-title");
    getStyleClass().add("lab-chart");
    rows.getStyleClass().add("lab-bars");
    ColumnConstraints wide = new ColumnConstraints();
    wide.setHgrow(Priority.ALWAYS);
    ColumnConstraints narrow = new ColumnConstraints();
    narrow.setHalignment(HPos.RIGHT);
    rows.getColumnConstraints().addAll(wide, narrow);
    getChildren().addAll(heading, rows);
  }

  void show(List<Bar> bars) {
    rows.getChildren().clear();
    double most =
        bars.stream()
            .flatMap(bar -> bar.millis().stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    int row = 0;
    for (Bar bar : bars) {
      Label name = new Label(bar.name());
      name.setMinWidth(0);
      Label figures = new Label(bar.figures());
      figures.setMinWidth(USE_PREF_SIZE);
      figures.getStyleClass().add("muted");
      Track track = new Track(bar.millis().stream().map(millis -> share(millis, most)).toList());
      rows.add(name, 0, row);
      rows.add(figures, 1, row);
      rows.add(track, 0, row + 1, 2, 1);
      row += 2;
    }
  }

  /** On the scale from a hundredth of a millisecond to the largest of all. */
  static double share(double millis, double most) {
    if (millis <= 0) {
      return 0;
    }
    double whole = Math.log10(Math.max(most, 10 * LEAST_MILLIS) / LEAST_MILLIS);
    return Math.clamp(Math.log10(millis / LEAST_MILLIS) / whole, LEAST_SHARE, 1);
  }

  /** The bars of one row, the longest undermost. */
  private static final class Track extends Region {
    private final List<Double> shares;

    Track(List<Double> shares) {
      this.shares = shares;
      getStyleClass().add("lab-track");
      setMinHeight(HEIGHT);
      setPrefHeight(HEIGHT);
      for (int i = shares.size() - 1; i >= 0; i--) {
        Region bar = new Region();
        bar.getStyleClass().add("lab-bar-" + (shares.size() - i));
        getChildren().add(bar);
      }
    }

    @Override
    protected void layoutChildren() {
      for (int i = 0; i < shares.size(); i++) {
        double share = shares.get(shares.size() - 1 - i);
        getChildren().get(i).resizeRelocate(0, 0, snapSizeX(getWidth() * share), getHeight());
      }
    }
  }
}
