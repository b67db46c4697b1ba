package dev.memoryconsole.ui.common.task;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.concurrent.Worker;

/**
 * Reads the pages of one list, a few at a time and the one asked for last first: that is the one on
 * screen. While somebody scrolls, those that were on screen before are not read at all. User
 * interface's thread only.
 */
public final class Pages {
  private static final int AT_ONCE = 2;
  // What is on screen is a part of one or two pages; somebody may look ahead.
  private static final int MOST_WAITING = 4;
  private static final Set<Worker.State> OVER =
      Set.of(Worker.State.SUCCEEDED, Worker.State.FAILED, Worker.State.CANCELLED);

  /** Starts a read of a page; empty if nothing is started any more. */
  interface Starting {
    /** Starts it. */
    <T> Optional<Job<T>> start(Callable<T> work, Consumer<T> onDone, Runnable onFailed);
  }

  private final Starting reads;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final List<Job<?>> running = new ArrayList<>();
  private int lists;

  private record Waiting(Runnable start, Runnable onDropped) {}

  Pages(Starting reads) {
    this.reads = reads;
  }

  /**
   * Reads a page when its turn comes.
   *
   * @param onDropped told if it is not read, because others were asked for since or it failed
   */
  public <T> void read(Callable<T> work, Consumer<T> onDone, Runnable onDropped) {
    waiting.push(new Waiting(() -> start(work, onDone, onDropped), onDropped));
    next();
    while (waiting.size() > MOST_WAITING) {
      waiting.removeLast().onDropped().run();
    }
  }

  /** Gives up what was asked for: the list is another one now. */
  public void cancel() {
    lists++;
    waiting.clear();
    running.forEach(Job::drop);
    running.clear();
  }

  private <T> void start(Callable<T> work, Consumer<T> onDone, Runnable onDropped) {
    int list = lists;
    reads
        .start(
            work,
            page -> {
              if (list == lists) {
                onDone.accept(page);
                next();
              }
            },
            () -> {
              if (list == lists) {
                onDropped.run();
                next();
              }
            })
        .ifPresent(running::add);
  }

  private void next() {
    // The future is done a moment after its state says so, which is what brought us here.
    running.removeIf(job -> OVER.contains(job.getState()));
    while (running.size() < AT_ONCE && !waiting.isEmpty()) {
      waiting.pop().start().run();
    }
  }
}
