package dev.memoryconsole.ui.locks.chart;

import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/** What is said about one acquisition, beside it on the timeline. */
final class TimelineCard extends Label {
  private static final double LEFT_OF_THE_MIDDLE = 24;

  TimelineCard() {
    getStyleClass().add("timeline-card");
    setManaged(false);
    setVisible(false);
    setMouseTransparent(true);
  }

  /** Puts it below a lane, or above it where there is no room, within the timeline. */
  void place(double middle, double laneTop, double laneHeight, Region timeline) {
    double width = prefWidth(-1);
    double height = prefHeight(width);
    double left =
        Math.clamp(middle - LEFT_OF_THE_MIDDLE, 0, Math.max(0, timeline.getWidth() - width));
    double above = laneTop - height;
    double below = laneTop + laneHeight;
    double top = below + height <= timeline.getHeight() || above < 0 ? below : above;
    resizeRelocate(left, top, width, height);
  }
}
