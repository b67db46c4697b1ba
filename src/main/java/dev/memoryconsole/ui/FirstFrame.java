package dev.memoryconsole.ui;

import dev.memoryconsole.ui.common.task.Background;
import dev.memoryconsole.ui.common.task.Lane;
import java.time.Duration;
import java.time.Instant;
import javafx.animation.AnimationTimer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log how long the window took from the process's start until it could be used. */
final class FirstFrame extends AnimationTimer {
  private static final Logger LOG = LoggerFactory.getLogger(FirstFrame.class);
  // A pulse comes before its frame is drawn: at the second, the first is on the screen.
  private static final int PULSES = 2;

  private final Background background;
  private final Runnable then;
  private int seen;

  private FirstFrame(Background background, Runnable then) {
    this.background = background;
    this.then = then;
  }

  /**
   * Waits for the window that has just been shown. User interface's thread only.
   *
   * @param then what is done once it can be used
   */
  static void await(Background background, Runnable then) {
    new FirstFrame(background, then).start();
  }

  @Override
  public void handle(long nanos) {
    seen++;
    if (seen >= PULSES) {
      stop();
      Instant now = Instant.now();
      background.execute(
          Lane.ACTIONS,
          () ->
              ProcessHandle.current()
                  .info()
                  .startInstant()
                  .ifPresent(
                      start ->
                          LOG.info(
                              "The window was shown {} ms after the start",
                              Duration.between(start, now).toMillis())));
      then.run();
    }
  }
}
