package dev.memoryconsole.upgrade.engine;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Lets workers through while open, and measures the time it was. Thread-safe. */
final class PauseGate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();
  private final LongSupplier nanos;
  private final long startedAt;
  private final long earlierMillis;
  private long pausedNanos;
  private long closedAt;
  private boolean closed;
  private boolean released;
  private boolean stopped;
  private long stoppedAt;

  /**
   * Open.
   *
   * @param earlierMillis time at work before the run was stopped
   */
  PauseGate(LongSupplier nanos, long earlierMillis) {
    this.nanos = nanos;
    this.earlierMillis = earlierMillis;
    this.startedAt = nanos.getAsLong();
  }

  void await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (closed) {
        opened.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Closes the gate; answers whether this call did it. */
  boolean close() {
    lock.lock();
    try {
      if (closed || released) {
        return false;
      }
      closed = true;
      closedAt = nanos.getAsLong();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Opens the gate; answers whether this call did it. */
  boolean open() {
    lock.lock();
    try {
      if (!closed) {
        return false;
      }
      closed = false;
      pausedNanos += nanos.getAsLong() - closedAt;
      opened.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Opens it for good: nobody can close it again. */
  void release() {
    lock.lock();
    try {
      released = true;
      open();
    } finally {
      lock.unlock();
    }
  }

  /** Opens it for good and stops the clock. */
  void stop() {
    lock.lock();
    try {
      release();
      if (!stopped) {
        stopped = true;
        stoppedAt = nanos.getAsLong();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Time at work so far, without pauses, milliseconds. */
  long activeMillis() {
    lock.lock();
    try {
      long end = stopped ? stoppedAt : closed ? closedAt : nanos.getAsLong();
      return earlierMillis + Math.max(0, (end - startedAt - pausedNanos) / 1_000_000);
    } finally {
      lock.unlock();
    }
  }
}
