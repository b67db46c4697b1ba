package dev.memoryconsole.ui.common.task;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.concurrent.Task;
import org.jspecify.annotations.Nullable;

/**
 * Runs what is slow away from the user interface's thread and hands its result back to it. Called
 * from the user interface's thread.
 */
public final class Tasks {
  private final Executor background;
  private final ErrorPresenter errors;
  private boolean stopped;

  /** On this executor; failures go to the presenter. */
  public Tasks(Executor background, ErrorPresenter errors) {
    this.background = background;
    this.errors = errors;
  }

  /** Runs {@code work} in the background and {@code onDone} with its result afterwards. */
  public <T> void run(Callable<T> work, Consumer<T> onDone) {
    run(work, onDone, () -> {});
  }

  /** The same; {@code onFailed} runs after a failure was presented. */
  public <T> void run(Callable<T> work, Consumer<T> onDone, Runnable onFailed) {
    if (stopped) {
      return;
    }
    Task<T> task = new WorkTask<>(work);
    task.setOnSucceeded(event -> onDone.accept(task.getValue()));
    task.setOnFailed(
        event -> {
          errors.present(task.getException());
          onFailed.run();
        });
    background.execute(task);
  }

  /** Runs something without a result. */
  public void run(Runnable work) {
    run(
        () -> {
          work.run();
          return true;
        },
        done -> {});
  }

  /** From now on starts nothing: the window is closed and its executor may be too. */
  public void stop() {
    stopped = true;
  }

  /** A place for the answers to one question, of which only the newest counts. */
  public Latest latest() {
    return new Latest();
  }

  /** Only the newest result reaches the screen; older ones, and their errors, are dropped. */
  public final class Latest {
    private @Nullable Task<?> current;

    private Latest() {}

    /** Asks anew. */
    public <T> void run(Callable<T> work, Consumer<T> onDone) {
      cancel();
      if (stopped) {
        return;
      }
      Task<T> task = new WorkTask<>(work);
      current = task;
      task.setOnSucceeded(
          event -> {
            if (current == task) {
              current = null;
              onDone.accept(task.getValue());
            }
          });
      task.setOnFailed(
          event -> {
            if (current == task) {
              current = null;
              errors.present(task.getException());
            }
          });
      background.execute(task);
    }

    /** Drops what is under way. It is not interrupted: that could close a store's file. */
    public void cancel() {
      Task<?> running = current;
      current = null;
      if (running != null) {
        running.cancel(false);
      }
    }

    /** Whether an answer is still to come. */
    public boolean isBusy() {
      return current != null;
    }
  }

  private static final class WorkTask<T> extends Task<T> {
    private final Callable<T> work;

    WorkTask(Callable<T> work) {
      this.work = work;
    }

    @Override
    protected T call() throws Exception {
      return work.call();
    }
  }
}
