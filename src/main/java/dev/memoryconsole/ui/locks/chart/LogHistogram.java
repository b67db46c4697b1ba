package dev.memoryconsole.ui.locks.chart;

import dev.memoryconsole.lock.figures.LockDistribution;
import java.util.List;
import java.util.function.DoubleFunction;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/**
 * How often waits or holds took how long, on a scale where each step to the right is ten times as
 * long. The median, the 99th percentile and the maximum are marked. User interface's thread only.
 */
public final class LogHistogram extends ChartRegion {
  private static final double LOWEST_MILLIS = 0.001;
  private static final double HIGHEST_MILLIS = 10_000;
  private static final int PER_DECADE = 5;
  private static final double AXIS = 20;
  private static final double HEAD = 18;
  private static final double LEAST_BAR = 2;
  private static final Font FONT = Font.font(11);

  private final DoubleFunction<String> words;
  private final Ink ink;
  private LockDistribution shown = LockDistribution.NONE;
  private double highest = HIGHEST_MILLIS;

  /**
   * @param lane gives the bars their colour
   * @param words a number of milliseconds in words
   */
  public LogHistogram(Lane lane, DoubleFunction<String> words) {
    this.ink = Ink.of(lane);
    this.words = words;
    getStyleClass().add("log-histogram");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
  }

  /** Shows this. */
  public void show(LockDistribution distribution) {
    shown = distribution;
    highest = HIGHEST_MILLIS;
    while (distribution.maxMillis() > highest) {
      highest *= 10;
    }
    redraw();
  }

  @Override
  void draw(GraphicsContext on, double width, double height) {
    double bottom = height - AXIS;
    on.setFont(FONT);
    on.setTextBaseline(VPos.CENTER);
    drawAxis(on, width, bottom);
    List<LockDistribution.Bucket> buckets = shown.buckets(PER_DECADE);
    long most = 1;
    for (LockDistribution.Bucket bucket : buckets) {
      most = Math.max(most, bucket.count());
    }
    Color base = ink(ink);
    on.setFill(base);
    for (LockDistribution.Bucket bucket : buckets) {
      if (bucket.count() > 0) {
        double from = x(bucket.fromNanos() / 1e6, width);
        double to = Math.max(from + 3, x(bucket.toNanos() / 1e6, width));
        double bar = Math.max(LEAST_BAR, (bottom - HEAD) * ((double) bucket.count() / most));
        on.fillRect(Math.rint(from), bottom - bar, Math.rint(to) - Math.rint(from) - 1, bar);
      }
    }
    if (shown.count() > 0) {
      drawMarks(on, width, bottom);
    }
  }

  private void drawAxis(GraphicsContext on, double width, double bottom) {
    on.setTextAlign(TextAlignment.CENTER);
    on.setFill(ink(Ink.GRID));
    on.fillRect(0, bottom, width, 1);
    int decades = (int) Math.round(Math.log10(highest / LOWEST_MILLIS));
    int every = width / decades < 48 ? 2 : 1;
    double at = LOWEST_MILLIS;
    for (int i = 0; i <= decades; i++) {
      double x = Math.min(width - 1, Math.rint(x(at, width)));
      on.setFill(ink(Ink.GRID));
      on.fillRect(x, HEAD, 1, bottom - HEAD + 4);
      if (i % every == 0 && i > 0 && i < decades) {
        on.setFill(ink(Ink.TEXT));
        on.fillText(label(at), x, bottom + AXIS / 2 + 2);
      }
      at *= 10;
    }
  }

  private String label(double millis) {
    return words.apply(millis);
  }

  private void drawMarks(GraphicsContext on, double width, double bottom) {
    double p50 = x(shown.millisAt(50), width);
    double p99 = x(shown.millisAt(99), width);
    double max = x(shown.maxMillis(), width);
    double taken = mark(on, "p50", p50, width, bottom, -1);
    taken = mark(on, "p99", p99, width, bottom, taken);
    mark(on, "max", max, width, bottom, taken);
  }

  /** Returns where the next word may begin. */
  private double mark(
      GraphicsContext on, String word, double x, double width, double bottom, double taken) {
    on.setFill(ink(Ink.MARK));
    on.fillRect(Math.rint(x), HEAD - 2, 1, bottom - HEAD + 2);
    on.setTextAlign(TextAlignment.CENTER);
    double middle = Math.clamp(x, 14, Math.max(14, width - 14));
    if (middle - 14 < taken) {
      middle = taken + 14;
    }
    on.fillText(word, middle, HEAD / 2);
    return middle + 16;
  }

  private double x(double millis, double width) {
    double low = Math.log10(LOWEST_MILLIS);
    double share =
        (Math.log10(Math.max(LOWEST_MILLIS, millis)) - low) / (Math.log10(highest) - low);
    return share * width;
  }

  @Override
  protected double computeMinHeight(double width) {
    return HEAD + AXIS + 20;
  }

  @Override
  protected double computePrefHeight(double width) {
    return HEAD + AXIS + 72;
  }

  @Override
  protected double computeMinWidth(double height) {
    return 160;
  }
}
