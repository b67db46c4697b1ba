package dev.memoryconsole.ui.locks.chart;

import java.util.Arrays;

/**
 * One lane as its pixels see it: for each column, which share of its time was held, whether
 * somebody waited, whether something went wrong. Drawing costs by the width of the lane and not by
 * how much happened. Reused from frame to frame. User interface's thread only.
 */
final class LanePixels {
  private float[] held = new float[0];
  private boolean[] waited = new boolean[0];
  private boolean[] trouble = new boolean[0];
  private boolean[] seen = new boolean[0];
  private int width;

  int width() {
    return width;
  }

  /** The share of the column's time that the lock was held, 0 to 1. */
  float held(int column) {
    return Math.min(1, held[column]);
  }

  boolean waited(int column) {
    return waited[column];
  }

  boolean trouble(int column) {
    return trouble[column];
  }

  /** Whether somebody was seen to have written, but not for how long. */
  boolean seen(int column) {
    return seen[column];
  }

  /** Counts what of the series is in the window, on so many columns. */
  void fill(LaneSeries series, TimeWindow window, int columns) {
    reset(columns);
    double scale = columns / window.length();
    double from = window.from();
    int end = series.endOfThoseBefore((long) Math.ceil(window.to()));
    for (int i = series.firstReaching((long) Math.floor(from)); i < end; i++) {
      double acquired = (series.acquired(i) - from) * scale;
      double released = (series.released(i) - from) * scale;
      double asked = (series.asked(i) - from) * scale;
      if (asked < acquired) {
        markWait(asked, acquired);
      }
      if (released > acquired) {
        addHold(acquired, released);
      }
      if (acquired >= 0 && acquired < width) {
        trouble[(int) acquired] |= series.at(i).isTrouble();
        seen[(int) acquired] |= series.at(i).isInstant();
      }
    }
  }

  private void reset(int columns) {
    width = columns;
    if (held.length < columns) {
      held = new float[columns];
      waited = new boolean[columns];
      trouble = new boolean[columns];
      seen = new boolean[columns];
      return;
    }
    Arrays.fill(held, 0, columns, 0);
    Arrays.fill(waited, 0, columns, false);
    Arrays.fill(trouble, 0, columns, false);
    Arrays.fill(seen, 0, columns, false);
  }

  private void markWait(double asked, double acquired) {
    int first = Math.max(0, (int) Math.floor(asked));
    int end = Math.min(width, (int) Math.ceil(acquired));
    for (int c = first; c < end; c++) {
      waited[c] = true;
    }
  }

  private void addHold(double acquired, double released) {
    int first = (int) Math.floor(acquired);
    int last = (int) Math.floor(released);
    if (last < 0 || first >= width) {
      return;
    }
    if (first == last) {
      held[first] += (float) (released - acquired);
      return;
    }
    if (first >= 0) {
      held[first] += (float) (first + 1 - acquired);
    }
    for (int c = Math.max(0, first + 1); c < Math.min(width, last); c++) {
      held[c] = 1;
    }
    if (last < width) {
      held[last] += (float) (released - last);
    }
  }
}
