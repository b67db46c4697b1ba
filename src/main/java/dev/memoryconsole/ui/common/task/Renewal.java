package dev.memoryconsole.ui.common.task;

import javafx.animation.PauseTransition;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lets something that may take long be read anew as often as anybody asks for it: one reading at a
 * time, which comes to its end, then a rest of twice as long, then the one asked for last. User
 * interface's thread only.
 */
public final class Renewal {
  // What is quicker needs no rest.
  private static final long QUICK_MILLIS = 100;
  private static final int RESTS_TIMES = 2;

  private final PauseTransition rest = new PauseTransition();
  private @Nullable Runnable next;
  private boolean busy;
  private boolean resting;
  private long begun;

  /** With nothing asked for yet. */
  public Renewal() {
    rest.setOnFinished(event -> rested());
  }

  /** Starts a reading, now or when its time comes. Its end is to be told by {@link #done}. */
  public void ask(Runnable reading) {
    if (busy || resting) {
      next = reading;
      return;
    }
    busy = true;
    begun = System.nanoTime();
    reading.run();
  }

  /** The reading has ended, whether it came to anything or not. */
  public void done() {
    if (!busy) {
      return;
    }
    busy = false;
    long took = (System.nanoTime() - begun) / 1_000_000;
    if (took > QUICK_MILLIS) {
      resting = true;
      rest.setDuration(Duration.millis((double) RESTS_TIMES * took));
      rest.playFromStart();
    } else {
      rested();
    }
  }

  /** Forgets all that was asked for: what is read is something else now. */
  public void reset() {
    rest.stop();
    next = null;
    busy = false;
    resting = false;
  }

  private void rested() {
    resting = false;
    Runnable reading = next;
    next = null;
    if (reading != null) {
      ask(reading);
    }
  }
}
