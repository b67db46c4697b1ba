package dev.memoryconsole.ui.common.task;

import dev.memoryconsole.cancel.Cancellation;
import java.util.concurrent.Callable;
import javafx.concurrent.Task;

/** One piece of slow work. User interface's thread only, but for the work itself. */
abstract class Job<T> extends Task<T> {
  private final Background background;
  private final Lane lane;
  private final Cancellation cancellation = new Cancellation();

  Job(Background background, Lane lane) {
    this.background = background;
    this.lane = lane;
  }

  static <T> Job<T> of(Background background, Lane lane, Callable<T> work) {
    return new Job<>(background, lane) {
      @Override
      T work() throws Exception {
        return work.call();
      }
    };
  }

  /** The work, in the background. */
  abstract T work() throws Exception;

  @Override
  protected final T call() throws Exception {
    return cancellation.during(this::work);
  }

  final void start() {
    background.execute(lane, this);
  }

  /** Nobody waits for it any more. */
  void drop() {
    stop(lane.isStoppable(), false);
  }

  /**
   * Stops it; while it waits for its turn, it never begins.
   *
   * @param evenHalfway whether what it reads is given up
   * @param interrupt whether its thread is interrupted
   */
  final void stop(boolean evenHalfway, boolean interrupt) {
    if (evenHalfway) {
      cancellation.cancel();
    }
    cancel(interrupt);
    background.forget(lane, this);
  }
}
