package dev.memoryconsole.lock.record;

import dev.memoryconsole.lock.AgreedLock;
import dev.memoryconsole.lock.LockAcquisition.Outcome;
import dev.memoryconsole.lock.LockAttempts;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockLease;
import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.lock.LockPurpose;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A lock that tells nobody when it gets free: the threads of this object queue up fairly, and the
 * one whose turn it is tries again and again, at random intervals, so that nobody keeps in step
 * with it. Each acquisition is timed and recorded here, whatever the protocol is. Thread-safe.
 */
public abstract class PolledLock implements AgreedLock {
  private final LockMetrics metrics;
  private final long leastPauseNanos;
  private final long longestPauseNanos;
  private final Semaphore queue = new Semaphore(1, true);
  private volatile LockPacing pacing = LockPacing.NONE;
  private volatile boolean closed;

  /** Tries at intervals between these two. */
  protected PolledLock(LockMetrics metrics, Duration leastPause, Duration longestPause) {
    this.metrics = metrics;
    this.leastPauseNanos = leastPause.toNanos();
    this.longestPauseNanos = longestPause.toNanos();
  }

  /** Comes before the asking, and is no part of the wait. */
  protected abstract void prepare() throws InterruptedException;

  /** Begins the attempts of one acquisition. */
  protected abstract LockAttempts attempts();

  /** Why not even the turn of a thread came. */
  protected abstract LockException behindOurselves(Duration patience);

  /** What is said to whoever still asks when this is closed. */
  protected abstract LockException closedMeanwhile();

  /** The lock was let go of; the next thread is not let in yet. */
  protected abstract void released(long from, long to);

  /** Nobody holds the lock and nobody will: what it takes to ask for it can be given up. */
  protected abstract void unused();

  @Override
  public final Held acquire(LockPurpose purpose, Duration patience) throws InterruptedException {
    prepare();
    LiveAcquisition live = metrics.asking(purpose);
    Held held = null;
    boolean queued = false;
    try {
      queued = queue.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (!queued) {
        live.ended(Outcome.TIMED_OUT, 0);
        throw behindOurselves(patience);
      }
      held = poll(live, patience);
      return held;
    } finally {
      if (held == null) {
        live.close();
        if (queued) {
          letNextIn();
        }
      }
    }
  }

  private Held poll(LiveAcquisition live, Duration patience) throws InterruptedException {
    refuseIfClosed();
    try (LockAttempts attempts = attempts()) {
      while (true) {
        refuseIfClosed();
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        LockLease lease = attempts.next();
        if (lease != null) {
          return new TimedHold(live, lease, this::letGo);
        }
        long left = patience.toNanos() - live.waitedNanos();
        if (left <= 0) {
          live.ended(Outcome.TIMED_OUT, 0);
          throw attempts.gaveUp(patience);
        }
        long pause = ThreadLocalRandom.current().nextLong(leastPauseNanos, longestPauseNanos);
        TimeUnit.NANOSECONDS.sleep(Math.min(left, pause));
      }
    }
  }

  private void refuseIfClosed() {
    if (closed) {
      throw closedMeanwhile();
    }
  }

  private void letGo(long from, long to) {
    released(from, to);
    pacing.weHeld(from, to);
    letNextIn();
  }

  private void letNextIn() {
    queue.release();
    if (closed) {
      unused();
    }
  }

  @Override
  public final void pacedBy(LockPacing other) {
    pacing = other;
  }

  /** Whoever decides when the lock is taken. */
  protected final LockPacing pacing() {
    return pacing;
  }

  /** Whether nobody shall wait any more. */
  protected final boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    // What is held is released by its holder, who then gives up what is left.
    if (queue.tryAcquire()) {
      unused();
      queue.release();
    }
  }
}
