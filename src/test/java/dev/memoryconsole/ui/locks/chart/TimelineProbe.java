package dev.memoryconsole.ui.locks.chart;

import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

/** Looks at a timeline and touches it, as an admin would. User interface's thread only. */
public final class TimelineProbe {
  private final LockTimeline timeline;

  /** Of the node with the timeline's id. */
  public TimelineProbe(Node timeline) {
    this.timeline = (LockTimeline) timeline;
  }

  /** How many acquisitions of runs it has. */
  public int ofRuns() {
    return timeline.data().of(Lane.RUNS).size();
  }

  /** How many acquisitions of other programs it has. */
  public int ofOthers() {
    return timeline.data().of(Lane.OTHERS).size();
  }

  /** The stretch on screen, microseconds. */
  public double length() {
    return timeline.window().length();
  }

  /** Where it begins, microseconds since 1970. */
  public double from() {
    return timeline.window().from();
  }

  /** Whether its right edge is now. */
  public boolean follows() {
    return timeline.following().get();
  }

  /** What it says about the chosen acquisition; empty if none is. */
  public String card() {
    return timeline.chosen() == null ? "" : String.valueOf(timeline.getAccessibleText());
  }

  /** Zooms to a batch and moves the pointer over it. */
  public void pointAt(int batch) {
    LaneAcquisition hold = batch(batch);
    double length = Math.max(TimeWindow.SHORTEST, (hold.released() - hold.acquired()) * 20.0);
    timeline.show(hold.acquired() - length / 2, hold.acquired() + length / 2);
    timeline.layout();
    fire(MouseEvent.MOUSE_MOVED, place(hold));
  }

  /** Clicks a batch that is on screen. */
  public void click(int batch) {
    Point2D place = place(batch(batch));
    fire(MouseEvent.MOUSE_PRESSED, place);
    fire(MouseEvent.MOUSE_RELEASED, place);
  }

  /** Drags it by some pixels. */
  public void drag(double by) {
    Point2D from = new Point2D(timeline.canvasLeft() + 200, 20);
    fire(MouseEvent.MOUSE_PRESSED, from);
    fire(MouseEvent.MOUSE_DRAGGED, from.add(by / 2, 0));
    fire(MouseEvent.MOUSE_DRAGGED, from.add(by, 0));
    fire(MouseEvent.MOUSE_RELEASED, from.add(by, 0));
  }

  /** Turns the wheel over its middle. */
  public void wheel(double delta) {
    double x = timeline.canvasLeft() + timeline.canvasWidth() / 2;
    Event.fireEvent(
        timeline,
        new ScrollEvent(
            ScrollEvent.SCROLL,
            x,
            20,
            x,
            20,
            false,
            false,
            false,
            false,
            false,
            false,
            0,
            delta,
            0,
            delta,
            ScrollEvent.HorizontalTextScrollUnits.NONE,
            0,
            ScrollEvent.VerticalTextScrollUnits.NONE,
            0,
            0,
            null));
  }

  /** Presses a key on it. */
  public void key(KeyCode code, boolean ctrl) {
    Event.fireEvent(
        timeline, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, ctrl, false, false));
  }

  private LaneAcquisition batch(int batch) {
    LaneSeries runs = timeline.data().of(Lane.RUNS);
    for (int i = 0; i < runs.size(); i++) {
      if (runs.at(i).event().purpose().batch() == batch) {
        return runs.at(i);
      }
    }
    throw new AssertionError("No batch " + batch);
  }

  private Point2D place(LaneAcquisition hold) {
    double middle = (hold.acquired() + hold.released()) / 2.0;
    return new Point2D(
        timeline.canvasLeft() + timeline.window().x(middle, timeline.canvasWidth()),
        TimelinePainter.laneHeight(timeline.canvasHeight()) / 2);
  }

  private void fire(EventType<MouseEvent> type, Point2D at) {
    Point2D scene = timeline.localToScene(at);
    boolean down = type == MouseEvent.MOUSE_PRESSED || type == MouseEvent.MOUSE_DRAGGED;
    Event.fireEvent(
        timeline,
        new MouseEvent(
            type,
            scene.getX(),
            scene.getY(),
            scene.getX(),
            scene.getY(),
            MouseButton.PRIMARY,
            1,
            false,
            false,
            false,
            false,
            down,
            false,
            false,
            false,
            false,
            true,
            null));
  }
}
