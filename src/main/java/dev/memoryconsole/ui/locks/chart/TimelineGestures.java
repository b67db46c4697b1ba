package dev.memoryconsole.ui.locks.chart;

import javafx.scene.Cursor;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;

/** Mouse, touch and keys on the timeline. */
public final class TimelineGestures {
  private static final double PER_SCROLLED_PIXEL = 0.0035;
  private static final double KEY_ZOOM = 1.5;
  private static final double KEY_PAN = 0.1;
  private static final double CLICK = 4;

  private final LockTimeline timeline;
  private double pressedX;
  private double lastX;
  private boolean dragged;

  private TimelineGestures(LockTimeline timeline) {
    this.timeline = timeline;
  }

  /** Lets a timeline be moved, zoomed and asked with mouse, touch and keys. */
  public static void install(LockTimeline timeline) {
    TimelineGestures gestures = new TimelineGestures(timeline);
    timeline.setOnScroll(gestures::scroll);
    timeline.setOnZoom(gestures::pinch);
    timeline.setOnMouseMoved(event -> timeline.point(event.getX(), event.getY()));
    timeline.setOnMouseExited(event -> timeline.point(-1, -1));
    timeline.setOnMousePressed(gestures::press);
    timeline.setOnMouseDragged(gestures::drag);
    timeline.setOnMouseReleased(gestures::release);
    timeline.setOnKeyPressed(gestures::key);
  }

  private void scroll(ScrollEvent event) {
    // A wheel with Shift reports itself sideways on some systems and not on others.
    boolean sideways =
        event.isShiftDown() || Math.abs(event.getDeltaX()) > Math.abs(event.getDeltaY());
    if (sideways) {
      double delta = event.getDeltaX() == 0 ? event.getDeltaY() : event.getDeltaX();
      timeline.pan(-delta / Math.max(1, timeline.canvasWidth()));
    } else if (event.getDeltaY() != 0) {
      timeline.zoom(
          Math.exp(-event.getDeltaY() * PER_SCROLLED_PIXEL), timeline.share(event.getX()));
    }
    timeline.point(event.getX(), event.getY());
    event.consume();
  }

  private void pinch(ZoomEvent event) {
    if (event.getZoomFactor() > 0) {
      timeline.zoom(1 / event.getZoomFactor(), timeline.share(event.getX()));
    }
    event.consume();
  }

  private void press(MouseEvent event) {
    timeline.requestFocus();
    pressedX = event.getX();
    lastX = pressedX;
    dragged = false;
    event.consume();
  }

  private void drag(MouseEvent event) {
    if (event.getButton() != MouseButton.PRIMARY) {
      return;
    }
    if (!dragged && Math.abs(event.getX() - pressedX) < CLICK) {
      return;
    }
    dragged = true;
    timeline.setCursor(Cursor.CLOSED_HAND);
    timeline.pan((lastX - event.getX()) / Math.max(1, timeline.canvasWidth()));
    lastX = event.getX();
    event.consume();
  }

  private void release(MouseEvent event) {
    timeline.setCursor(null);
    if (!dragged && event.getButton() == MouseButton.PRIMARY) {
      timeline.choose(timeline.at(event.getX(), event.getY()));
      timeline.openChosen();
    }
    event.consume();
  }

  private void key(KeyEvent event) {
    KeyCode code = event.getCode();
    boolean step = event.isShortcutDown();
    switch (code) {
      case LEFT, RIGHT -> {
        boolean later = code == KeyCode.RIGHT;
        if (step) {
          timeline.chooseBeside(later);
        } else {
          timeline.pan(later ? KEY_PAN : -KEY_PAN);
        }
      }
      case PLUS, ADD, EQUALS -> timeline.zoom(1 / KEY_ZOOM, 0.5);
      case MINUS, SUBTRACT -> timeline.zoom(KEY_ZOOM, 0.5);
      case HOME -> timeline.pan(-1);
      case END -> timeline.follow();
      case ENTER, SPACE -> timeline.openChosen();
      default -> {
        return;
      }
    }
    event.consume();
  }
}
