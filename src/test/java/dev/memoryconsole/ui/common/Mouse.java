package dev.memoryconsole.ui.common;

import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/** What a mouse does; the headless robot would drop Ctrl and Shift. */
public final class Mouse {
  private Mouse() {}

  /** Clicks the middle of a node. User interface's thread only. */
  public static void click(Node node, boolean ctrl, boolean shift) {
    fire(node, MouseEvent.MOUSE_PRESSED, ctrl, shift);
    fire(node, MouseEvent.MOUSE_RELEASED, ctrl, shift);
    fire(node, MouseEvent.MOUSE_CLICKED, ctrl, shift);
  }

  private static void fire(Node node, EventType<MouseEvent> type, boolean ctrl, boolean shift) {
    double x = node.getBoundsInLocal().getCenterX();
    double y = node.getBoundsInLocal().getCenterY();
    Point2D scene = node.localToScene(x, y);
    Event.fireEvent(
        node,
        new MouseEvent(
            type,
            scene.getX(),
            scene.getY(),
            scene.getX(),
            scene.getY(),
            MouseButton.PRIMARY,
            1,
            shift,
            ctrl,
            false,
            false,
            type == MouseEvent.MOUSE_PRESSED,
            false,
            false,
            false,
            false,
            true,
            null));
  }
}
