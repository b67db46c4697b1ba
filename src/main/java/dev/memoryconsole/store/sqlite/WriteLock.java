package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.lock.LockEvent;
import dev.memoryconsole.lock.LockMetrics;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The store's write lock: a queue of this process's threads, then SQLite's own lock ({@code BEGIN
 * IMMEDIATE}), which every other program takes too. One transaction per acquisition.
 *
 * <p>Safe for use by many threads. The queue is fair; SQLite's lock is polled, because its own
 * waiting can neither be interrupted nor spread.
 */
final class WriteLock implements AutoCloseable {
  private static final long LONGEST_PAUSE_MILLIS = 10;

  private final Path file;
  private final SqliteOptions options;
  private final LockMetrics metrics;
  private final ReentrantLock queue = new ReentrantLock(true);
  private final Connection connection;
  private volatile boolean closing;

  /** What is done while the lock is held; may say how many rows it wrote. */
  @FunctionalInterface
  interface Work {
    /** Writes, and returns the number of rows written. */
    int run() throws SQLException;
  }

  WriteLock(Path file, Connection connection, SqliteOptions options, LockMetrics metrics) {
    this.file = file;
    this.connection = connection;
    this.options = options;
    this.metrics = metrics;
  }

  /**
   * Runs {@code work} in one transaction under the lock.
   *
   * @param doing the work in words, to follow "Could not"
   * @return the acquisition
   * @throws StoreException if the lock could not be had in time, or the work or its commit failed;
   *     nothing was written
   */
  LockEvent hold(LockPurpose purpose, String doing, Work work) throws InterruptedException {
    long asked = System.nanoTime();
    if (!queue.tryLock(options.lockPatience().toNanos(), TimeUnit.NANOSECONDS)) {
      throw timedOut(purpose, asked);
    }
    try {
      acquire(purpose, asked, doing);
      return release(purpose, asked, doing, work);
    } finally {
      queue.unlock();
    }
  }

  /** Makes everybody who still waits give up. */
  void refuseFromNowOn() {
    closing = true;
  }

  private void acquire(LockPurpose purpose, long asked, String doing) throws InterruptedException {
    long patience = options.lockPatience().toNanos();
    while (true) {
      if (closing) {
        throw new StoreUnavailableException(
            "The store %s was closed; nothing was changed.".formatted(file));
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      try {
        execute("BEGIN IMMEDIATE");
        return;
      } catch (SQLException failure) {
        if (!Problems.isBusy(failure)) {
          throw Problems.of(file, doing, failure);
        }
      }
      if (System.nanoTime() - asked >= patience) {
        throw timedOut(purpose, asked);
      }
      Thread.sleep(ThreadLocalRandom.current().nextLong(1, LONGEST_PAUSE_MILLIS + 1));
    }
  }

  private LockEvent release(LockPurpose purpose, long asked, String doing, Work work) {
    long acquired = System.nanoTime();
    long acquiredAt = options.clock().millis();
    int rows = 0;
    LockEvent.Outcome outcome = LockEvent.Outcome.ROLLED_BACK;
    LockEvent event;
    try {
      int written = work.run();
      execute("COMMIT");
      rows = written;
      outcome = LockEvent.Outcome.RELEASED;
    } catch (SQLException failure) {
      throw Problems.of(file, doing, failure);
    } catch (StoreException failure) {
      throw failure;
    } catch (RuntimeException failure) {
      throw new StoreException(
          "Could not %s in %s because a step before the commit failed; nothing was changed."
              .formatted(doing, file),
          failure);
    } finally {
      if (outcome == LockEvent.Outcome.ROLLED_BACK) {
        rollBack();
      }
      long hold = System.nanoTime() - acquired;
      event = new LockEvent(purpose, acquiredAt, acquired - asked, hold, rows, outcome);
      metrics.record(event);
    }
    return event;
  }

  // Never prepared: after some failures, a full disk is one, the driver closes the statement for
  // good.
  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  // After some failures SQLite has rolled back by itself, and says so by failing here.
  private void rollBack() {
    try {
      execute("ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      if (stillInTransaction()) {
        throw Problems.of(file, "undo an unfinished write", alreadyRolledBack);
      }
    }
  }

  private boolean stillInTransaction() {
    try {
      execute("BEGIN");
      execute("ROLLBACK");
      return false;
    } catch (SQLException stillOpen) {
      return true;
    }
  }

  private StoreException timedOut(LockPurpose purpose, long asked) {
    long wait = System.nanoTime() - asked;
    long now = options.clock().millis();
    metrics.record(new LockEvent(purpose, now, wait, 0, 0, LockEvent.Outcome.TIMED_OUT));
    return new StoreUnavailableException(Problems.locked(file));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
