package dev.memoryconsole.ui.common.task;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which the window does something slow: away from the user interface's thread, on a
 * few threads, with the result handed back to that thread. User interface's thread only.
 *
 * <ul>
 *   <li>{@link #read} reads for a screen, {@link #latest} where only the newest answer counts,
 *       {@link #pages} for a list that is read page by page: given up, down to the statement, once
 *       nobody waits.
 *   <li>{@link #run} does what must come through: it is never stopped, and no read keeps it
 *       waiting.
 *   <li>{@link #slot} does one long thing at a time, with progress and Cancel.
 * </ul>
 */
public final class Tasks {
  private final Background background;
  private final ErrorPresenter errors;
  private final Set<Job<?>> reads = new HashSet<>();
  private final Set<Slot<?>> slots = new HashSet<>();
  private int acting;
  private @Nullable Runnable whenQuiet;
  private boolean stopped;

  /** On these threads; failures go to the presenter. */
  public Tasks(Background background, ErrorPresenter errors) {
    this.background = background;
    this.errors = errors;
  }

  /** Does something that takes effect and hands over its result. */
  public <T> void run(Callable<T> work, Consumer<T> onDone) {
    run(work, onDone, () -> {});
  }

  /** Does something that takes effect; {@code onFailed} runs after a failure was presented. */
  public <T> void run(Callable<T> work, Consumer<T> onDone, Runnable onFailed) {
    start(Lane.ACTIONS, work, onDone, onFailed);
  }

  /** Does something without a result. */
  public void run(Runnable work) {
    run(
        () -> {
          work.run();
          return true;
        },
        done -> {});
  }

  /** Reads something for a screen. */
  public <T> void read(Callable<T> work, Consumer<T> onDone) {
    start(Lane.READS, work, onDone, () -> {});
  }

  /** Reads something for a screen; {@code onFailed} runs after a failure was presented. */
  public <T> void read(Callable<T> work, Consumer<T> onDone, Runnable onFailed) {
    start(Lane.READS, work, onDone, onFailed);
  }

  /** Does something that takes long and neither shows progress nor can be stopped. */
  public <T> void runLong(Callable<T> work, Consumer<T> onDone) {
    start(Lane.LONG, work, onDone, () -> {});
  }

  private <T> Optional<Job<T>> startRead(Callable<T> work, Consumer<T> onDone, Runnable onFailed) {
    return start(Lane.READS, work, onDone, onFailed);
  }

  private <T> Optional<Job<T>> start(
      Lane lane, Callable<T> work, Consumer<T> onDone, Runnable onFailed) {
    if (stopped) {
      return Optional.empty();
    }
    Job<T> job = Job.of(background, lane, work);
    begin(job, lane);
    job.setOnSucceeded(
        event -> {
          end(job, lane);
          onDone.accept(job.getValue());
        });
    job.setOnFailed(
        event -> {
          end(job, lane);
          errors.present(job.getException());
          onFailed.run();
        });
    job.start();
    return Optional.of(job);
  }

  private void begin(Job<?> job, Lane lane) {
    if (lane.isStoppable()) {
      reads.add(job);
      job.setOnCancelled(event -> reads.remove(job));
    } else {
      acting++;
    }
  }

  private void end(Job<?> job, Lane lane) {
    reads.remove(job);
    if (!lane.isStoppable()) {
      acting--;
      checkQuiet();
    }
  }

  /**
   * Does this once nothing is under way but reads, which may be given up at any time: now, or when
   * the last has handed over its result. Another call takes its place.
   */
  public void whenQuiet(Runnable action) {
    whenQuiet = action;
    checkQuiet();
  }

  /** Later: whoever is handed a result may start what follows from it. */
  private void checkQuiet() {
    if (whenQuiet != null) {
      Platform.runLater(this::runIfQuiet);
    }
  }

  private void runIfQuiet() {
    Runnable action = whenQuiet;
    if (action != null && !stopped && acting == 0 && slots.stream().noneMatch(Slot::isBusy)) {
      whenQuiet = null;
      action.run();
    }
  }

  /** A place for the answers to one question, of which only the newest counts. */
  public Latest latest() {
    return new Latest(Lane.READS);
  }

  /**
   * A place for the answers to one question that takes long, of which only the newest counts. One
   * whose answer is dropped goes on to its end.
   */
  public Latest latestLong() {
    return new Latest(Lane.LONG);
  }

  /** A place for the pages of one list. */
  public Pages pages() {
    return new Pages(this::startRead);
  }

  /**
   * A place for one long piece of work at a time.
   *
   * @param interrupts whether Cancel interrupts the work; if not, it has to look at {@link
   *     dev.memoryconsole.cancel.Cancellation#check}
   */
  public <P> Slot<P> slot(boolean interrupts) {
    Slot<P> slot = new Slot<>(() -> stopped, background, errors, interrupts);
    slots.add(slot);
    slot.busy().addListener(value -> checkQuiet());
    return slot;
  }

  /** Gives up all reads: the store that they read is about to be closed. */
  public void dropReads() {
    for (Job<?> job : Set.copyOf(reads)) {
      job.drop();
    }
    reads.clear();
  }

  /** Stops what can be stopped and starts nothing any more: the window is closed. */
  public void stop() {
    stopped = true;
    dropReads();
    slots.forEach(Slot::cancel);
  }

  /** Only the newest answer reaches the screen; older ones, and their errors, are dropped. */
  public final class Latest {
    private final Lane lane;
    private @Nullable Job<?> current;

    private Latest(Lane lane) {
      this.lane = lane;
    }

    /** Asks anew. */
    public <T> void run(Callable<T> work, Consumer<T> onDone) {
      run(work, onDone, () -> {});
    }

    /** Asks anew; {@code onFailed} runs after a failure was presented. */
    public <T> void run(Callable<T> work, Consumer<T> onDone, Runnable onFailed) {
      cancel();
      if (stopped) {
        return;
      }
      Job<T> job = Job.of(background, lane, work);
      if (lane.isStoppable()) {
        begin(job, lane);
      }
      current = job;
      job.setOnSucceeded(
          event -> {
            if (end(job)) {
              onDone.accept(job.getValue());
            }
          });
      job.setOnFailed(
          event -> {
            if (end(job)) {
              errors.present(job.getException());
              onFailed.run();
            }
          });
      job.start();
    }

    private boolean end(Job<?> job) {
      reads.remove(job);
      boolean newest = current == job;
      if (newest) {
        current = null;
      }
      return newest;
    }

    /** Drops what is under way. */
    public void cancel() {
      Job<?> running = current;
      current = null;
      if (running != null) {
        running.drop();
      }
    }

    /** Whether an answer is still to come. */
    public boolean isBusy() {
      return current != null && !current.isCancelled();
    }
  }
}
