package dev.memoryconsole.ui;

import java.util.List;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.event.Event;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;
import javafx.util.Duration;

/** Goes through the screens of the window that is shown, by their keys, and closes it. */
public final class WindowRehearsal {
  private static final Duration STEP = Duration.millis(700);
  private static final List<KeyCode> SCREENS =
      List.of(
          KeyCode.DIGIT2,
          KeyCode.DIGIT3,
          KeyCode.DIGIT4,
          KeyCode.DIGIT5,
          KeyCode.DIGIT6,
          KeyCode.DIGIT1);

  private WindowRehearsal() {}

  /** Begins it. User interface's thread only. */
  public static void begin() {
    Timeline steps = new Timeline();
    Duration at = STEP;
    for (KeyCode key : SCREENS) {
      at = at.add(STEP);
      steps.getKeyFrames().add(new KeyFrame(at, event -> press(key)));
    }
    steps.getKeyFrames().add(new KeyFrame(at.add(STEP), event -> close()));
    steps.play();
  }

  private static void press(KeyCode key) {
    for (Window window : Window.getWindows()) {
      Event.fireEvent(
          window.getScene().getRoot(),
          new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, true, false, false));
    }
  }

  private static void close() {
    List.copyOf(Window.getWindows()).forEach(Window::hide);
  }
}
