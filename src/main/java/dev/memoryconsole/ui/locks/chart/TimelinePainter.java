package dev.memoryconsole.ui.locks.chart;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/**
 * Draws lanes over an axis of time. Makes no objects from frame to frame but the labels of marks
 * that come into view. User interface's thread only.
 */
final class TimelinePainter {
  static final double AXIS = 24;

  private static final Lane[] LANES = Lane.values();
  private static final int SHADES = 8;
  private static final int FAINTEST = 3;
  private static final double LEAST_ALPHA = 0.3;
  private static final double WAIT_ALPHA = 0.45;
  private static final double MARK_SPACE = 96;
  private static final double MARK_SPACE_FINE = 132;
  private static final int TROUBLE_SPACE = 10;
  private static final Font FONT = Font.font(11);

  private final TimeAxis axis;
  private final LanePixels columns = new LanePixels();
  private final Map<Lane, Color[]> shades = new EnumMap<>(Lane.class);
  private final Map<Lane, Color> waits = new EnumMap<>(Lane.class);
  private final double[] diamondX = new double[4];
  private final double[] diamondY = new double[4];
  private Color grid = Color.LIGHTGRAY;
  private Color text = Color.GRAY;
  private Color trouble = Color.RED;
  private Color band = Color.ALICEBLUE;
  private Color mark = Color.BLACK;

  /**
   * What is drawn over and under the lanes. Times in microseconds since 1970; {@code NaN} for none.
   */
  static final class Marks {
    double now = Double.NaN;
    double bandFrom = Double.NaN;
    double bandTo = Double.NaN;
    double pointer = Double.NaN;
    @Nullable Lane holding;
    double holdingSince = Double.NaN;
    @Nullable LaneAcquisition chosen;
  }

  TimelinePainter(TimeAxis axis) {
    this.axis = axis;
  }

  /** Takes the colours. */
  void inks(Function<ChartRegion.Ink, Color> ink) {
    for (Lane lane : Lane.values()) {
      Color base = ink.apply(ChartRegion.Ink.of(lane));
      Color[] steps = new Color[SHADES + 1];
      for (int i = 0; i <= SHADES; i++) {
        double alpha = LEAST_ALPHA + (1 - LEAST_ALPHA) * i / SHADES;
        steps[i] = base.deriveColor(0, 1, 1, alpha);
      }
      shades.put(lane, steps);
      waits.put(lane, base.deriveColor(0, 1, 1, WAIT_ALPHA));
    }
    grid = ink.apply(ChartRegion.Ink.GRID);
    text = ink.apply(ChartRegion.Ink.TEXT);
    trouble = ink.apply(ChartRegion.Ink.TROUBLE);
    band = ink.apply(ChartRegion.Ink.BAND);
    mark = ink.apply(ChartRegion.Ink.MARK);
  }

  /** The height of one lane in a picture of this height. */
  static double laneHeight(double height) {
    return Math.floor(Math.max(0, height - AXIS) / Lane.values().length);
  }

  /** Draws one frame. */
  void paint(
      GraphicsContext on,
      double width,
      double height,
      TimelineData data,
      TimeWindow window,
      Marks marks) {
    double lane = laneHeight(height);
    double bottom = lane * Lane.values().length;
    drawBand(on, window, width, bottom, marks);
    drawAxis(on, window, width, bottom, marks);
    double top = 0;
    for (Lane each : LANES) {
      on.setFill(grid);
      on.fillRect(0, top + lane - 1, width, 1);
      drawLane(on, data.of(each), each, window, (int) width, top, lane);
      top += lane;
    }
    drawHolding(on, window, width, lane, marks);
    drawChosen(on, window, width, lane, marks);
    drawPointer(on, window, width, bottom, marks);
  }

  private void drawBand(
      GraphicsContext on, TimeWindow window, double width, double bottom, Marks marks) {
    if (!Double.isNaN(marks.bandFrom)) {
      double from = Math.clamp(window.x(marks.bandFrom, width), 0, width);
      double to = Math.clamp(window.x(marks.bandTo, width), 0, width);
      on.setFill(band);
      on.fillRect(Math.floor(from), 0, Math.ceil(to) - Math.floor(from), bottom);
    }
  }

  private void drawAxis(
      GraphicsContext on, TimeWindow window, double width, double bottom, Marks marks) {
    double space = window.length() < 10_000_000 ? MARK_SPACE_FINE : MARK_SPACE;
    long step = TimeAxis.step(window.length(), Math.max(1, (int) (width / space)));
    on.setFont(FONT);
    on.setTextAlign(TextAlignment.CENTER);
    on.setTextBaseline(VPos.CENTER);
    double last = window.to();
    for (long at = axis.firstMark(window.from(), step); at <= last; at += step) {
      double x = Math.rint(window.x((double) at, width));
      on.setFill(grid);
      on.fillRect(x, 0, 1, bottom + 4);
      boolean underPointer =
          !Double.isNaN(marks.pointer)
              && Math.abs(window.x(marks.pointer, width) - x) < MARK_SPACE_FINE;
      if (x > space / 3 && x < width - space / 3 && !underPointer) {
        on.setFill(text);
        on.fillText(axis.label(at, step), x, bottom + AXIS / 2 + 2);
      }
    }
    if (marks.now <= last) {
      double x = Math.rint(window.x(marks.now, width));
      on.setFill(mark);
      on.fillRect(x, 0, 1, bottom + 4);
    }
  }

  private void drawLane(
      GraphicsContext on,
      LaneSeries series,
      Lane lane,
      TimeWindow window,
      int width,
      double top,
      double height) {
    columns.fill(series, window, width);
    double bar = Math.floor(height * 0.56);
    double thin = Math.max(4, Math.floor(height * 0.2));
    double barTop = Math.floor(top + (height - bar) / 2);
    double thinTop = Math.floor(top + (height - thin) / 2);
    on.setFill(waits.get(lane));
    for (int c = 0; c < width; ) {
      int end = c;
      while (end < width && columns.waited(end) && columns.held(end) == 0) {
        end++;
      }
      if (end > c) {
        on.fillRect(c, thinTop, end - c, thin);
      }
      c = Math.max(end, c + 1);
    }
    Color[] steps = shades.get(lane);
    for (int c = 0; steps != null && c < width; ) {
      int shade = shade(columns.held(c));
      int end = c + 1;
      while (end < width && shade(columns.held(end)) == shade) {
        end++;
      }
      if (shade > 0) {
        on.setFill(steps[shade]);
        on.fillRect(c, barTop, end - c, bar);
      }
      c = end;
    }
    on.setFill(steps == null ? text : steps[SHADES]);
    drawSeen(on, width, top + height / 2);
    drawTrouble(on, width, barTop, bar);
  }

  /** A diamond for a write that was seen without its hold. */
  private void drawSeen(GraphicsContext on, int width, double middle) {
    for (int c = 0; c < width; c++) {
      if (columns.seen(c)) {
        diamondX[0] = c - 4;
        diamondX[1] = c;
        diamondX[2] = c + 4;
        diamondX[3] = c;
        diamondY[0] = middle;
        diamondY[1] = middle - 4;
        diamondY[2] = middle;
        diamondY[3] = middle + 4;
        on.fillPolygon(diamondX, diamondY, 4);
        c += 4;
      }
    }
  }

  private static int shade(float held) {
    return held <= 0 ? 0 : Math.max(FAINTEST, (int) Math.ceil(Math.sqrt(held) * SHADES));
  }

  private void drawTrouble(GraphicsContext on, int width, double top, double bar) {
    double middle = top + bar / 2;
    on.setStroke(trouble);
    on.setLineWidth(2);
    for (int c = 0; c < width; c++) {
      if (columns.trouble(c)) {
        on.strokeLine(c - 3, middle - 3, c + 3, middle + 3);
        on.strokeLine(c - 3, middle + 3, c + 3, middle - 3);
        c += TROUBLE_SPACE;
      }
    }
  }

  private void drawHolding(
      GraphicsContext on, TimeWindow window, double width, double lane, Marks marks) {
    Lane holding = marks.holding;
    if (holding == null || marks.holdingSince > window.to()) {
      return;
    }
    Color[] steps = shades.get(holding);
    double from = Math.clamp(window.x(marks.holdingSince, width), 0, width);
    double to = Math.clamp(window.x(marks.now, width), 0, width);
    double bar = Math.floor(lane * 0.56);
    double top = Math.floor(lane * holding.row() + (lane - bar) / 2);
    if (steps != null && to > from) {
      on.setFill(steps[SHADES / 2]);
      on.fillRect(from, top, to - from, bar);
      on.setFill(steps[SHADES]);
      on.fillRect(to - 2, top, 2, bar);
    }
  }

  private void drawChosen(
      GraphicsContext on, TimeWindow window, double width, double lane, Marks marks) {
    LaneAcquisition chosen = marks.chosen;
    if (chosen == null || chosen.released() < window.from() || chosen.asked() > window.to()) {
      return;
    }
    double from = Math.max(-8, Math.floor(window.x((double) chosen.asked(), width)) - 2);
    double to = Math.min(width + 8, Math.ceil(window.x((double) chosen.released(), width)) + 2);
    on.setStroke(mark);
    on.setLineWidth(1.5);
    on.strokeRoundRect(
        from, lane * chosen.lane().row() + 3, Math.max(6, to - from), lane - 7, 5, 5);
  }

  private void drawPointer(
      GraphicsContext on, TimeWindow window, double width, double bottom, Marks marks) {
    if (Double.isNaN(marks.pointer)) {
      return;
    }
    double x = Math.rint(window.x(marks.pointer, width));
    on.setFill(text);
    on.fillRect(x, 0, 1, bottom + 4);
    long step = TimeAxis.step(window.length(), Math.max(1, (int) (width / 2)));
    on.setTextAlign(TextAlignment.CENTER);
    on.setFill(mark);
    double at = Math.clamp(x, MARK_SPACE_FINE / 2, Math.max(MARK_SPACE_FINE / 2, width - 66));
    on.fillText(axis.text((long) marks.pointer, step), at, bottom + AXIS / 2 + 2);
  }
}
