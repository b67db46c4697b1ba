package dev.memoryconsole.lock.record;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockAcquisition.Outcome;
import dev.memoryconsole.lock.LockLease;
import dev.memoryconsole.lock.StoreLock;
import org.jspecify.annotations.Nullable;

/** A lease whose wait, hold and end are measured and recorded. Thread-safe. */
public final class TimedHold implements StoreLock.Held {
  private final LiveAcquisition live;
  private final LockLease lease;
  private final Released released;
  // Guarded by this.
  private int rows;
  private boolean done;
  private @Nullable LockAcquisition event;

  /** Told when the lock was let go of. */
  @FunctionalInterface
  public interface Released {
    /**
     * Once, whatever happened.
     *
     * @param from when it was had ({@link System#nanoTime})
     * @param to when it was let go of
     */
    void held(long from, long to);
  }

  /**
   * Counts from when the lease was had.
   *
   * @param live the acquisition so far
   */
  public TimedHold(LiveAcquisition live, LockLease lease, Released released) {
    this.live = live;
    this.lease = lease;
    this.released = released;
    live.acquired(lease.since());
  }

  @Override
  public void checkNotCompromised() {
    lease.check();
  }

  @Override
  public synchronized void wrote(int written) {
    rows = written;
    done = true;
  }

  @Override
  public synchronized void close() {
    if (event != null) {
      return;
    }
    try {
      lease.release();
    } finally {
      long to = System.nanoTime();
      event = live.ended(outcome(), rows);
      released.held(lease.since(), to);
    }
  }

  private Outcome outcome() {
    if (lease.isCompromised()) {
      return Outcome.COMPROMISED;
    }
    if (!done) {
      return Outcome.ROLLED_BACK;
    }
    return lease.isTakenOver() ? Outcome.TAKEN_OVER : Outcome.RELEASED;
  }

  @Override
  public synchronized LockAcquisition event() {
    if (event == null) {
      throw new IllegalStateException("The lock is still held.");
    }
    return event;
  }
}
