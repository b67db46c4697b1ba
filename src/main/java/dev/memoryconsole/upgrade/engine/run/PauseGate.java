package dev.memoryconsole.upgrade.engine.run;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Lets workers through while open, and measures the time it was. Thread-safe. */
public final class PauseGate {
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
   * Makes an open gate.
   *
   * @param earlierMillis time at work before the run was stopped
   */
  public PauseGate(LongSupplier nanos, long earlierMillis) {
    this.nanos = nanos;
    this.earlierMillis = earlierMillis;
    this.startedAt = nanos.getAsLong();
  }

  /** Waits until it is open. */
  public void await() throws InterruptedException {
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
  public boolean close() {
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
  public boolean open() {
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
  public void release() {
    lock.lock();
    try {
      released = true;
      open();
    } finally {
      lock.unlock();
    }
  }

  /** Opens it for good and stops the clock. */
  public void stop() {
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

  /** Whether it is closed. */
  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** The time at work so far, without pauses, milliseconds. */
  public long activeMillis() {
    lock.lock();
    try {
      long end = stopped ? stoppedAt : closed ? closedAt : nanos.getAsLong();
      return earlierMillis + Math.max(0, (end - startedAt - pausedNanos) / 1_000_000);
    } finally {
      lock.unlock();
    }
  }
}
