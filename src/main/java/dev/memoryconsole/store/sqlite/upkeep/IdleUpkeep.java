package dev.memoryconsole.store.sqlite.upkeep;

import dev.memoryconsole.cancel.Uninterrupted;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.sqlite.write.WriteConnection;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what can wait, as to derive rows and to index abstracts, while nothing else goes on: in
 * steps that hold the lock for a millisecond or so, each followed by a longer pause. Nobody depends
 * on when this happens: until then a search reads the abstracts that wait.
 *
 * <p>Safe for use by many threads; has one of its own.
 */
public final class IdleUpkeep implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(IdleUpkeep.class);
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long QUIET_NANOS = 300 * NANOS_PER_MILLI;
  private static final int PAUSE_PER_STEP = 4;

  private final WriteConnection writer;
  private final Checkpointer checkpointer;
  private final List<UpkeepTask> tasks;
  private final Semaphore news = new Semaphore(1);
  private final Thread thread;

  // Of the thread alone.
  private long ownRelease;

  /**
   * Begins with the tasks, each to its end before the next.
   *
   * @param writer tells when the store is quiet
   */
  public IdleUpkeep(WriteConnection writer, Checkpointer checkpointer, List<UpkeepTask> tasks) {
    this.writer = writer;
    this.checkpointer = checkpointer;
    this.tasks = List.copyOf(tasks);
    this.thread = Thread.ofPlatform().daemon().name("abstract-indexer").start(this::run);
  }

  /** Says that abstracts may have changed. */
  public void wake() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  private void run() {
    try {
      while (true) {
        news.acquire();
        news.drainPermits();
        work();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() throws InterruptedException {
    try {
      awaitQuiet();
      for (UpkeepTask task : tasks) {
        for (LockAcquisition event = task.step(); event != null; event = task.step()) {
          rest(event);
        }
      }
    } catch (StoreException postponed) {
      log.debug("The upkeep is put off this time", postponed);
    }
  }

  private void rest(LockAcquisition event) throws InterruptedException {
    ownRelease = writer.lastRelease();
    checkpointer.afterCommit(writer.othersWrite());
    Thread.sleep(1 + PAUSE_PER_STEP * event.holdNanos() / NANOS_PER_MILLI);
    awaitQuiet();
  }

  /** Waits until nobody else in this process has used the lock for a while. */
  private void awaitQuiet() throws InterruptedException {
    while (true) {
      long last = writer.lastRelease();
      long missing = QUIET_NANOS - (System.nanoTime() - last);
      if (last == ownRelease || missing <= 0) {
        return;
      }
      Thread.sleep(1 + missing / NANOS_PER_MILLI);
    }
  }

  /** Waits for the step at work. */
  @Override
  public void close() {
    thread.interrupt();
    Uninterrupted.await(thread::join);
  }
}
