package dev.memoryconsole.ui.shell;

import dev.memoryconsole.ui.common.task.ErrorPresenter;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleLongProperty;
import javafx.concurrent.Task;
import org.jspecify.annotations.Nullable;

/** The long work the top bar shows, one at a time: opening, importing, exporting. */
public final class Work {
  /** Long work that counts rows. */
  @FunctionalInterface
  public interface Counted<T> {
    /** Background threads only. */
    T call(LongConsumer rowsSoFar) throws Exception;
  }

  private final Executor background;
  private final ErrorPresenter errors;
  private final ReadOnlyObjectWrapper<@Nullable String> what = new ReadOnlyObjectWrapper<>();
  private final LongProperty rows = new SimpleLongProperty();
  private @Nullable CountingTask<?> current;

  /** On this executor; failures go to the presenter. */
  public Work(Executor background, ErrorPresenter errors) {
    this.background = background;
    this.errors = errors;
  }

  /** What is being done; null if nothing is. */
  ReadOnlyObjectProperty<@Nullable String> what() {
    return what.getReadOnlyProperty();
  }

  /** How many rows so far. */
  LongProperty rows() {
    return rows;
  }

  /** Runs this; what runs already is cancelled. */
  <T> void run(String name, Counted<T> work, Consumer<T> onDone) {
    run(name, work, onDone, unwanted -> {});
  }

  /**
   * The same for what must be given back.
   *
   * @param discard takes what was made although the work was cancelled meanwhile; called from a
   *     background thread
   */
  <T> void run(String name, Counted<T> work, Consumer<T> onDone, Consumer<T> discard) {
    cancel();
    CountingTask<T> task = new CountingTask<>(work, discard);
    current = task;
    rows.set(0);
    what.set(name);
    // The task's progress reaches this thread as often as the screen can show it, not once a row.
    task.progressProperty().addListener(value -> rows.set((long) task.getWorkDone()));
    task.setOnSucceeded(
        event -> {
          if (current == task) {
            end(task);
            onDone.accept(task.getValue());
          }
        });
    task.setOnFailed(
        event -> {
          if (current == task) {
            end(task);
            errors.present(task.getException());
          }
        });
    background.execute(task);
  }

  /** Stops what runs. */
  public void cancel() {
    CountingTask<?> running = current;
    if (running != null) {
      end(running);
      running.drop(background);
    }
  }

  private void end(Task<?> task) {
    if (current == task) {
      current = null;
      what.set(null);
    }
  }

  private static final class CountingTask<T> extends Task<T> {
    private final Counted<T> work;
    private final Consumer<T> discard;
    // Guarded by this task.
    private boolean dropped;
    private @Nullable T made;

    CountingTask(Counted<T> work, Consumer<T> discard) {
      this.work = work;
      this.discard = discard;
    }

    @Override
    protected T call() throws Exception {
      T result = work.call(rows -> updateProgress(rows, Long.MAX_VALUE));
      synchronized (this) {
        if (!dropped) {
          made = result;
          return result;
        }
      }
      discard.accept(result);
      return result;
    }

    /** Stops it. What is made already and what is made in spite of that is discarded. */
    void drop(Executor background) {
      T unwanted;
      synchronized (this) {
        dropped = true;
        unwanted = made;
      }
      cancel();
      if (unwanted != null) {
        background.execute(() -> discard.accept(unwanted));
      }
    }
  }
}
