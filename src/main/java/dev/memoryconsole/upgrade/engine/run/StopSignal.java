package dev.memoryconsole.upgrade.engine.run;

import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.message.Message;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Whether a run is to stop, and why; what came first counts. Thread-safe. */
public final class StopSignal {
  private final AtomicReference<RunState> given = new AtomicReference<>();
  private volatile Message problem = Message.NONE;
  private volatile Runnable endWaits = () -> {};

  /**
   * Says what ends every wait of the run. To be set before the run's first step.
   *
   * @param action called once, by who stops the run; must not block
   */
  public void onStop(Runnable action) {
    endWaits = action;
  }

  /** Stops the run because the admin wants it. */
  public void cancel() {
    if (given.compareAndSet(null, RunState.CANCELLED)) {
      endWaits.run();
    }
  }

  /** Stops the run because it can't go on; it can be resumed. */
  public void interrupt(Message why) {
    if (given.compareAndSet(null, RunState.INTERRUPTED)) {
      problem = why;
      endWaits.run();
    }
  }

  /** Notes what went wrong at the end. An earlier problem stays: it is the cause. */
  public void note(Message why) {
    problem = problem.isEmpty() ? why : problem;
  }

  /** Whether the run is to stop. */
  public boolean isGiven() {
    return given.get() != null;
  }

  /** The state that a stopped run ends in; empty if nobody stopped it. */
  public Optional<RunState> state() {
    return Optional.ofNullable(given.get());
  }

  /** Why the run can't go on; empty if it can. */
  public Message problem() {
    return problem;
  }
}
