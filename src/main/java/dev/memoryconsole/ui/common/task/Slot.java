package dev.memoryconsole.ui.common.task;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A place for one long piece of work at a time, with progress and Cancel. User interface's thread
 * only, but for what the work itself calls.
 *
 * @param <P> what the work tells of its progress
 */
public final class Slot<P> {
  /** Long work. */
  @FunctionalInterface
  public interface Work<T, P> {
    /**
     * Does it, in the background.
     *
     * @param progress may be told as often as one likes: the screen gets the newest
     */
    T call(Consumer<P> progress) throws Exception;
  }

  private final BooleanSupplier stopped;
  private final Background background;
  private final ErrorPresenter errors;
  private final boolean interrupts;
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<@Nullable P> progress = new ReadOnlyObjectWrapper<>();
  private @Nullable LongJob<?> current;

  Slot(BooleanSupplier stopped, Background background, ErrorPresenter errors, boolean interrupts) {
    this.stopped = stopped;
    this.background = background;
    this.errors = errors;
    this.interrupts = interrupts;
  }

  /** Whether something is under way. */
  public ReadOnlyBooleanProperty busy() {
    return busy.getReadOnlyProperty();
  }

  /** Whether something is under way. */
  public boolean isBusy() {
    return busy.get();
  }

  /** What was told last; null until something is, and when nothing is under way. */
  public ReadOnlyObjectProperty<@Nullable P> progress() {
    return progress.getReadOnlyProperty();
  }

  /** Does this; what is under way is cancelled. A failure is presented. */
  public <T> void run(Work<T, P> work, Consumer<T> onDone) {
    run(work, onDone, errors::present, unwanted -> {});
  }

  /**
   * Does this; what is under way is cancelled.
   *
   * @param onFailed is given a failure in the place of the presenter
   */
  public <T> void run(Work<T, P> work, Consumer<T> onDone, Consumer<Throwable> onFailed) {
    run(work, onDone, onFailed, unwanted -> {});
  }

  /**
   * Does this; what is under way is cancelled.
   *
   * @param first the progress until the work tells of any
   * @param onFailed is given a failure in the place of the presenter
   */
  public <T> void start(
      P first, Work<T, P> work, Consumer<T> onDone, Consumer<Throwable> onFailed) {
    run(work, onDone, onFailed, unwanted -> {});
    if (isBusy()) {
      progress.set(first);
    }
  }

  /**
   * Does this; what is under way is cancelled.
   *
   * @param discard gives back what was made although the work was cancelled; called in the
   *     background
   */
  public <T> void run(
      Work<T, P> work, Consumer<T> onDone, Consumer<Throwable> onFailed, Consumer<T> discard) {
    cancel();
    if (stopped.getAsBoolean()) {
      return;
    }
    LongJob<T> job = new LongJob<>(work, discard);
    current = job;
    busy.set(true);
    job.setOnSucceeded(
        event -> {
          if (current == job) {
            end();
            onDone.accept(job.getValue());
          }
        });
    job.setOnFailed(
        event -> {
          if (current == job) {
            end();
            onFailed.accept(job.getException());
          }
        });
    job.start();
  }

  /**
   * Stops what is under way.
   *
   * @return whether anything was
   */
  public boolean cancel() {
    LongJob<?> running = current;
    if (running != null) {
      end();
      running.drop();
    }
    return running != null;
  }

  private void end() {
    current = null;
    progress.set(null);
    busy.set(false);
  }

  private final class LongJob<T> extends Job<T> {
    private final Work<T, P> work;
    private final Consumer<T> discard;
    private final AtomicReference<@Nullable P> news = new AtomicReference<>();
    // Guarded by this job.
    private boolean dropped;
    private @Nullable T made;

    LongJob(Work<T, P> work, Consumer<T> discard) {
      super(background, Lane.LONG);
      this.work = work;
      this.discard = discard;
    }

    @Override
    T work() throws Exception {
      T result = work.call(this::tell);
      synchronized (this) {
        if (!dropped) {
          made = result;
          return result;
        }
      }
      discard.accept(result);
      return result;
    }

    private void tell(P now) {
      if (news.getAndSet(now) == null) {
        Platform.runLater(this::show);
      }
    }

    private void show() {
      P now = news.getAndSet(null);
      if (current == this && now != null) {
        progress.set(now);
      }
    }

    /** Stops it. What is made already, and what is made in spite of that, is discarded. */
    @Override
    void drop() {
      T unwanted;
      synchronized (this) {
        dropped = true;
        unwanted = made;
      }
      stop(!interrupts, interrupts);
      if (unwanted != null) {
        background.execute(Lane.LONG, () -> discard.accept(unwanted));
      }
    }
  }
}
