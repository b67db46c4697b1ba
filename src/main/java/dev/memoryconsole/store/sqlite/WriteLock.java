package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.lock.LockEvent;
import dev.memoryconsole.lock.LockMetrics;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement rollback;
  private volatile boolean closing;

  /** What is done while the lock is held; may say how many rows it wrote. */
  @FunctionalInterface
  interface Work {
    /** Writes, and returns the number of rows written. */
    int run() throws SQLException;
  }

  /** A write that takes SQLite's lock by itself; fails as busy, with nothing done, if it can't. */
  @FunctionalInterface
  interface Whole {
    /** Writes, commits, and returns the number of rows there are now. */
    int run() throws SQLException;
  }

  WriteLock(Path file, Connection connection, SqliteOptions options, LockMetrics metrics)
      throws SQLException {
    this.file = file;
    this.connection = connection;
    this.options = options;
    this.metrics = metrics;
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
    rollback = connection.prepareStatement("ROLLBACK");
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
      acquire(purpose, asked, doing, begin::execute);
      return release(purpose, asked, doing, work);
    } finally {
      queue.unlock();
    }
  }

  /**
   * Lets {@code whole} take the place of everything in the store, as one acquisition. It is tried
   * until SQLite's lock is free.
   *
   * @param doing the work in words, to follow "Could not"
   * @throws StoreException if the lock could not be had in time, or the work failed; nothing was
   *     written
   * @throws InterruptedException if interrupted before the lock was had
   */
  LockEvent replace(LockPurpose purpose, String doing, Whole whole) throws InterruptedException {
    long asked = System.nanoTime();
    if (!queue.tryLock(options.lockPatience().toNanos(), TimeUnit.NANOSECONDS)) {
      throw timedOut(purpose, asked);
    }
    try {
      LockEvent[] event = new LockEvent[1];
      acquire(
          purpose,
          asked,
          doing,
          () -> {
            long acquired = System.nanoTime();
            long acquiredAt = options.clock().millis();
            int rows = whole.run();
            long hold = System.nanoTime() - acquired;
            event[0] =
                new LockEvent(
                    purpose, acquiredAt, acquired - asked, hold, rows, LockEvent.Outcome.RELEASED);
          });
      metrics.record(event[0]);
      return event[0];
    } finally {
      queue.unlock();
    }
  }

  private interface Attempt {
    void run() throws SQLException;
  }

  /** Makes everybody who still waits give up. */
  void refuseFromNowOn() {
    closing = true;
  }

  /** Whether the store is about to be closed. */
  boolean isClosing() {
    return closing;
  }

  private void acquire(LockPurpose purpose, long asked, String doing, Attempt attempt)
      throws InterruptedException {
    long patience = options.lockPatience().toNanos();
    while (true) {
      if (closing) {
        throw Problems.closed(file);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      try {
        attempt.run();
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
      commit.execute();
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

  // After some failures SQLite has rolled back by itself, and says so by failing here.
  private void rollBack() {
    try {
      rollback.execute();
    } catch (SQLException alreadyRolledBack) {
      if (stillInTransaction()) {
        throw Problems.of(file, "undo an unfinished write", alreadyRolledBack);
      }
    }
  }

  private boolean stillInTransaction() {
    try (var statement = connection.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("ROLLBACK");
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
