package dev.memoryconsole.journal.locks;

import dev.memoryconsole.cancel.Uninterrupted;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.lock.record.LockMetrics;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what one store's metrics recorded, once a second, in a thread of its own; in another,
 * looks who waits for whom where a server tells. A history that can't be written is missing and
 * disturbs nobody.
 */
final class LockRecorder implements AutoCloseable {
  private static final long SECONDS_BETWEEN = 1;

  private static final Logger LOG = LoggerFactory.getLogger(LockRecorder.class);

  private final LockHistory history;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private boolean complained;

  LockRecorder(LockHistory history, LockMetrics metrics) {
    this.history = history;
    if (metrics.tellsWaits()) {
      Thread.ofPlatform().daemon().name("lock-waits").start(() -> watch(metrics));
    }
    this.thread = Thread.ofPlatform().daemon().name("lock-history").start(this::run);
  }

  LockHistory history() {
    return history;
  }

  private void run() {
    boolean last = false;
    while (!last) {
      try {
        last = closing.await(SECONDS_BETWEEN, TimeUnit.SECONDS);
        history.flush();
        if (!last) {
          history.maintain();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (SQLException | JournalException e) {
        complain(e);
      }
    }
  }

  /** Is not waited for at the end: it may be asking a server that is away. */
  private void watch(LockMetrics metrics) {
    try {
      while (!closing.await(SECONDS_BETWEEN, TimeUnit.SECONDS)) {
        if (metrics.isRecording()) {
          look(metrics);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void look(LockMetrics metrics) {
    try {
      metrics.lookForWaits();
    } catch (RuntimeException e) {
      // Whoever reads or writes says so.
      LOG.debug("Who waits for whom can't be told", e);
    }
  }

  private void complain(Exception failure) {
    if (!complained) {
      complained = true;
      LOG.warn("The history of the lock is not complete", failure);
    }
  }

  /** Waits until the last acquisitions are taken over. */
  @Override
  public void close() {
    closing.countDown();
    Uninterrupted.await(thread::join);
  }
}
