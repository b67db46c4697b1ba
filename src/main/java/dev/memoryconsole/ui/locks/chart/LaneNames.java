package dev.memoryconsole.ui.locks.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.scene.control.Label;
import javafx.scene.shape.SVGPath;

/** What the lanes are called, left of them, with as much room as text of that size needs. */
final class LaneNames {
  private static final double LEAST_WIDTH = 136;
  private static final double LEAST_HEIGHT = 20;
  private static final double GAP = 8;

  private final List<Label> labels = new ArrayList<>();

  LaneNames(Function<Lane, String> names) {
    for (Lane lane : Lane.values()) {
      SVGPath shape = new SVGPath();
      shape.setContent(lane.shape());
      shape.getStyleClass().addAll("lane-shape", lane.style());
      Label name = new Label(names.apply(lane), shape);
      name.getStyleClass().add("lane-name");
      labels.add(name);
    }
  }

  /** In the order of the lanes. */
  List<Label> labels() {
    return labels;
  }

  /** How wide they are, with what is between them and the lanes. */
  double width() {
    double widest = 0;
    for (Label name : labels) {
      widest = Math.max(widest, Math.ceil(name.prefWidth(-1)) + GAP);
    }
    return Math.max(LEAST_WIDTH, widest);
  }

  /** How high all lanes have to be at least. */
  double leastHeight() {
    return labels.size() * Math.max(LEAST_HEIGHT, Math.ceil(labels.getFirst().prefHeight(-1)));
  }

  /** Puts them beside lanes of this height. */
  void place(double left, double top, double lane) {
    double width = width() - GAP;
    for (int i = 0; i < labels.size(); i++) {
      labels.get(i).resizeRelocate(left, top + i * lane, width, Math.max(0, lane));
    }
  }
}
