package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.enrich.ModelUnavailableException;
import dev.memoryconsole.upgrade.RunActivity;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a run is doing beside being at work: taking a snapshot, or waiting for a model that can't be
 * asked now. Such a wait closes the run's gate and opens it when it is over. Thread-safe.
 */
final class CurrentActivity {
  private final long run;
  private final PauseGate gate;
  private final Clock clock;
  private volatile RunActivity activity = new RunActivity.Working();
  // Guarded by this.
  private @Nullable Thread alarm;

  CurrentActivity(long run, PauseGate gate, Clock clock) {
    this.run = run;
    this.gate = gate;
    this.clock = clock;
  }

  RunActivity activity() {
    return activity;
  }

  boolean isWaitingForModel() {
    return activity instanceof RunActivity.WaitingForModel;
  }

  /** Of a snapshot, so many pages are copied. */
  void snapshot(long done, long total) {
    activity = new RunActivity.TakingSnapshot(total == 0 ? 0 : (double) done / total);
  }

  void snapshotOver() {
    activity = new RunActivity.Working();
  }

  /** Looking whether what was written stayed. */
  void verifying(RunActivity.Verifying now) {
    activity = now;
  }

  /**
   * Closes the gate until the model can be asked again, or until somebody ends the waiting.
   *
   * @param stopping then there is nothing to wait for
   */
  synchronized void waitForModel(ModelUnavailableException reason, BooleanSupplier stopping) {
    if (stopping.getAsBoolean() || !gate.close()) {
      return;
    }
    Duration delay = reason.retryAfter().orElse(null);
    RunActivity waiting =
        new RunActivity.WaitingForModel(
            ErrorSentence.sentence(reason),
            delay == null ? null : clock.millis() + delay.toMillis());
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
  synchronized void stopWaiting() {
    if (isWaitingForModel()) {
      activity = new RunActivity.Working();
    }
    if (alarm != null) {
      alarm.interrupt();
      alarm = null;
    }
  }
}
