package dev.memoryconsole.ui.locks.chart;

import dev.memoryconsole.lock.LockHolder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whose acquisitions a line of the timeline shows, from top to bottom. */
public enum Lane {
  RUNS(0, "M1 0 L10 5 L1 10 Z"),
  OWN_WORK(1, "M1 1 L9 1 L9 9 L1 9 Z"),
  CONSOLES(2, "M0 0 L10 0 L10 10 L0 10 Z M2.5 2.5 L2.5 7.5 L7.5 7.5 L7.5 2.5 Z"),
  OTHERS(3, "M5 0 L10 5 L5 10 L0 5 Z");

  private final int row;
  private final String shape;

  Lane(int row, String shape) {
    this.row = row;
    this.shape = shape;
  }

  /** Its shape as an SVG path, 10 by 10: it is told apart by that as well as by its colour. */
  String shape() {
    return shape;
  }

  /** Which line from the top, counted from 0. */
  int row() {
    return row;
  }

  /** The lane that is drawn as this line; null if there is none. */
  static @Nullable Lane atRow(int row) {
    for (Lane lane : values()) {
      if (lane.row == row) {
        return lane;
      }
    }
    return null;
  }

  /** The lane of a holder. */
  public static Lane of(LockHolder holder) {
    return switch (holder) {
      case LockHolder.OurRun _ -> RUNS;
      case LockHolder.OurOperation _ -> OWN_WORK;
      case LockHolder.OtherConsole _ -> CONSOLES;
      case LockHolder.Foreign _ -> OTHERS;
    };
  }

  /** The key of its name. */
  public String key() {
    return switch (this) {
      case RUNS -> "lane.runs";
      case OWN_WORK -> "lane.ownWork";
      case CONSOLES -> "lane.consoles";
      case OTHERS -> "lane.others";
    };
  }

  /** Its style class. */
  String style() {
    return "lane-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
