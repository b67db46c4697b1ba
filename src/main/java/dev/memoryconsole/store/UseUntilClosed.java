package dev.memoryconsole.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Lets the operations of a store run beside each other until it is closed, and has closing wait for
 * those at work. Safe for use by many threads.
 */
public final class UseUntilClosed {
  private final Supplier<StoreException> refusal;
  // Operations share it; close takes it alone.
  private final ReentrantReadWriteLock running = new ReentrantReadWriteLock();
  private boolean closed;

  /**
   * Begins open.
   *
   * @param refusal what is thrown at who comes too late
   */
  public UseUntilClosed(Supplier<StoreException> refusal) {
    this.refusal = refusal;
  }

  /** An operation that may be interrupted. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it. */
    T run() throws InterruptedException;
  }

  /** Runs an operation. */
  public <T> T run(Supplier<T> work) {
    running.readLock().lock();
    try {
      refuseIfClosed();
      return work.get();
    } finally {
      running.readLock().unlock();
    }
  }

  /** Runs an operation, unless interrupted while the store is being closed. */
  public <T> T runInterruptibly(Work<T> work) throws InterruptedException {
    running.readLock().lockInterruptibly();
    try {
      refuseIfClosed();
      return work.run();
    } finally {
      running.readLock().unlock();
    }
  }

  private void refuseIfClosed() {
    if (closed) {
      throw refusal.get();
    }
  }

  /**
   * As {@link #close(Runnable)}; what runs for longer than that is broken off, by what closes the
   * store.
   *
   * @param patience how long it is waited for
   * @param last ends what runs, and may be run twice
   */
  public void close(Duration patience, Runnable last) {
    if (!endsWithin(patience)) {
      last.run();
    }
    close(last);
  }

  private boolean endsWithin(Duration patience) {
    try {
      if (running.writeLock().tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        running.writeLock().unlock();
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Waits for what runs, and then runs what closes the store; the first time only. */
  public void close(Runnable last) {
    running.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        last.run();
      }
    } finally {
      running.writeLock().unlock();
    }
  }
}
