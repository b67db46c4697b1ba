package dev.memoryconsole.ui.locks.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javafx.application.Platform;
import javafx.scene.Group;
import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/**
 * How long a frame of the timeline takes with 100,000 holds while it is zoomed and moved, software
 * rendering and the copy of the picture included; beside it a canvas that draws every hold in view.
 */
@Tag("bench")
class TimelineBenchmark {
  private static final int HOLDS = 100_000;
  private static final long BEGIN = 1_764_000_000_000_000L;
  private static final long HOUR = 3_600_000_000L;
  private static final int WARM_UP = 120;
  private static final int FRAMES = 600;
  private static final int NAIVE_FRAMES = 60;
  private static final double WIDTH = 1_280;
  private static final double HEIGHT = 360;

  @BeforeAll
  static void start() throws Exception {
    FxToolkit.registerPrimaryStage();
    Platform.setImplicitExit(false);
  }

  private record Frames(List<Double> draw, List<Double> whole, double bytes) {}

  @Test
  void aFrameWithAHundredThousandHolds() {
    List<LaneAcquisition> holds = LaneAcquisitions.busy(HOLDS, BEGIN, HOUR, new Random(1));
    Frames ours = WaitForAsyncUtils.waitForAsyncFx(240_000, () -> timeline(holds));
    Frames naive = WaitForAsyncUtils.waitForAsyncFx(240_000, () -> naive(holds));
    System.out.printf(
        Locale.ROOT,
        "timeline, %,d holds, %.0f x %.0f, zoomed and moved each frame, ms%n"
            + "%-24s %8s %8s %8s %8s%n",
        HOLDS,
        WIDTH,
        HEIGHT,
        "",
        "p50",
        "p99",
        "max",
        "frames/s");
    print("aggregated, draw", ours.draw());
    print("aggregated, whole frame", ours.whole());
    print("every hold, draw", naive.draw());
    print("every hold, whole frame", naive.whole());
    System.out.printf(
        Locale.ROOT,
        "made on the heap per frame while drawing: %,.0f bytes; every hold: %,.0f%n"
            + "whole frame, every hold over aggregated, medians: %.0f%n",
        ours.bytes(),
        naive.bytes(),
        at(naive.whole(), 0.5) / at(ours.whole(), 0.5));
    assertThat(ours.whole()).hasSize(FRAMES);
  }

  private static Frames timeline(List<LaneAcquisition> holds) {
    LockTimeline timeline =
        new LockTimeline(
            new TimeAxis(ZoneOffset.UTC, DateTimeFormatter.ISO_LOCAL_DATE),
            () -> BEGIN + HOUR,
            Lane::name,
            hold -> "");
    timeline.add(holds);
    timeline.show(BEGIN, BEGIN + HOUR);
    Scene scene = new Scene(new StackPane(timeline), WIDTH, HEIGHT);
    return measure(
        scene,
        FRAMES,
        frame -> {
          step(timeline.window(), frame);
          timeline.redraw();
          timeline.layout();
        });
  }

  private static Frames naive(List<LaneAcquisition> holds) {
    Canvas canvas = new Canvas(WIDTH, HEIGHT);
    Scene scene = new Scene(new Group(canvas), WIDTH, HEIGHT);
    TimeWindow window = new TimeWindow(BEGIN, HOUR);
    GraphicsContext on = canvas.getGraphicsContext2D();
    return measure(
        scene,
        NAIVE_FRAMES,
        frame -> {
          step(window, frame);
          on.clearRect(0, 0, WIDTH, HEIGHT);
          for (LaneAcquisition hold : holds) {
            double asked = window.x((double) hold.asked(), WIDTH);
            double from = window.x((double) hold.acquired(), WIDTH);
            double to = window.x((double) hold.released(), WIDTH);
            if (to < 0 || asked > WIDTH) {
              continue;
            }
            double top = hold.lane().row() * 80.0;
            on.setFill(Color.LIGHTSTEELBLUE);
            on.fillRect(asked, top + 30, from - asked, 16);
            on.setFill(Color.STEELBLUE);
            on.fillRect(from, top + 18, Math.max(1, to - from), 40);
          }
        });
  }

  /** From all in view to a tenth of it and back, wandering. */
  private static void step(TimeWindow window, int frame) {
    double phase = Math.sin(frame / 20.0);
    double length = HOUR * Math.pow(10, (phase - 1) / 2);
    window.set(BEGIN + (HOUR - length) * (0.5 + 0.5 * Math.sin(frame / 31.0)), length);
  }

  private interface Draw {
    void frame(int number);
  }

  private static Frames measure(Scene scene, int frames, Draw draw) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double[] drawing = new double[frames];
    double[] whole = new double[frames];
    WritableImage image = new WritableImage((int) WIDTH, (int) HEIGHT);
    scene.snapshot(image);
    long bytes = 0;
    for (int i = -Math.min(WARM_UP, frames); i < frames; i++) {
      long bytesBefore = threads.getCurrentThreadAllocatedBytes();
      long begin = System.nanoTime();
      draw.frame(i);
      long drawn = System.nanoTime();
      long bytesAfter = threads.getCurrentThreadAllocatedBytes();
      scene.snapshot(image);
      if (i >= 0) {
        drawing[i] = (drawn - begin) / 1e6;
        whole[i] = (System.nanoTime() - begin) / 1e6;
        bytes += bytesAfter - bytesBefore;
      }
    }
    Arrays.sort(drawing);
    Arrays.sort(whole);
    return new Frames(boxed(drawing), boxed(whole), (double) bytes / frames);
  }

  private static List<Double> boxed(double[] sorted) {
    return Arrays.stream(sorted).boxed().toList();
  }

  private static void print(String name, List<Double> sorted) {
    System.out.printf(
        Locale.ROOT,
        "%-24s %8.2f %8.2f %8.2f %8.0f%n",
        name,
        at(sorted, 0.5),
        at(sorted, 0.99),
        sorted.getLast(),
        1_000 / at(sorted, 0.5));
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
  }
}
