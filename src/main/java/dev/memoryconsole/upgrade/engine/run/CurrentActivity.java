package dev.memoryconsole.upgrade.engine.run;

import dev.memoryconsole.enrich.ModelUnavailableException;
import dev.memoryconsole.upgrade.RunActivity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a run is busy with: its work, a snapshot, looking after its writes, or waiting for a model
 * that can't be asked now. Such a wait closes the run's gate and opens it when it is over.
 * Thread-safe.
 */
public final class CurrentActivity {
  private final long run;
  private final PauseGate gate;
  private final InstantSource clock;
  private volatile RunActivity activity = new RunActivity.Working();
  // Guarded by this.
  private @Nullable Thread alarm;

  /** Begins with plain work; a wait closes this gate. */
  public CurrentActivity(long run, PauseGate gate, InstantSource clock) {
    this.run = run;
    this.gate = gate;
    this.clock = clock;
  }

  /** What the run is busy with. */
  public RunActivity activity() {
    return activity;
  }

  /** Whether it waits for the model. */
  public boolean isWaitingForModel() {
    return activity instanceof RunActivity.WaitingForModel;
  }

  /** Notes how much of a snapshot is copied. */
  public void snapshot(long done, long total) {
    activity = new RunActivity.TakingSnapshot(total == 0 ? 0 : (double) done / total);
  }

  /** Notes that the snapshot is taken. */
  public void snapshotOver() {
    activity = new RunActivity.Working();
  }

  /** Notes how far the looks at what was written are. */
  public void verifying(RunActivity.Verifying now) {
    activity = now;
  }

  /** Notes whether nothing is left but what others have. */
  public synchronized void waitForOthers(boolean waiting) {
    if (waiting && activity instanceof RunActivity.Working) {
      activity = new RunActivity.WaitingForOthers();
    } else if (!waiting && activity instanceof RunActivity.WaitingForOthers) {
      activity = new RunActivity.Working();
    }
  }

  /**
   * Closes the gate until the model can be asked again, or until somebody ends the waiting.
   *
   * @param stopping whether the run is to stop: then there is nothing to wait for
   */
  public synchronized void waitForModel(
      ModelUnavailableException reason, BooleanSupplier stopping) {
    if (stopping.getAsBoolean() || !gate.close()) {
      return;
    }
    Duration delay = reason.retryAfter().orElse(null);
    RunActivity waiting =
        new RunActivity.WaitingForModel(
            ErrorSentence.of(reason), delay == null ? null : clock.millis() + delay.toMillis());
    activity = waiting;
    if (delay != null) {
      alarm =
          Thread.ofVirtual().name("run-" + run + "-alarm").start(() -> goOnAfter(delay, waiting));
    }
  }

  private void goOnAfter(Duration delay, RunActivity waiting) {
    try {
      Thread.sleep(delay);
      synchronized (this) {
        // The admin may have gone on, or paused it again, meanwhile.
        if (activity.equals(waiting)) {
          activity = new RunActivity.Working();
          gate.open();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the waiting for the model; the gate stays as it is. */
  public synchronized void stopWaiting() {
    if (isWaitingForModel()) {
      activity = new RunActivity.Working();
    }
    if (alarm != null) {
      alarm.interrupt();
      alarm = null;
    }
  }
}
