package dev.memoryconsole.lock.record;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockLease;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.StoreLock;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** A lease whose wait, hold and end are measured and recorded. Thread-safe. */
public final class TimedHold implements StoreLock.Held {
  private final LockPurpose purpose;
  private final LiveAcquisition shown;
  private final long asked;
  private final long acquiredAt;
  private final long at;
  private final boolean over;
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
   * Begins to count.
   *
   * @param shown who asked, as the metrics show it
   * @param clock says when it was acquired
   * @param asked since when it was waited for ({@link System#nanoTime})
   * @param at when it was had
   * @param over whether it had to be taken from a holder who had abandoned it
   */
  public TimedHold(
      LockPurpose purpose,
      LiveAcquisition shown,
      Clock clock,
      long asked,
      long at,
      boolean over,
      LockLease lease,
      Released released) {
    this.purpose = purpose;
    this.shown = shown;
    this.asked = asked;
    this.acquiredAt = clock.millis();
    this.at = at;
    this.over = over;
    this.lease = lease;
    this.released = released;
    shown.acquired();
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
      event = new LockAcquisition(purpose, acquiredAt, at - asked, to - at, rows, outcome());
      released.held(at, to);
      shown.ended(event);
    }
  }

  private LockAcquisition.Outcome outcome() {
    if (lease.isCompromised()) {
      return LockAcquisition.Outcome.COMPROMISED;
    }
    if (!done) {
      return LockAcquisition.Outcome.ROLLED_BACK;
    }
    return over ? LockAcquisition.Outcome.TAKEN_OVER : LockAcquisition.Outcome.RELEASED;
  }

  @Override
  public synchronized LockAcquisition event() {
    if (event == null) {
      throw new IllegalStateException("The lock is still held.");
    }
    return event;
  }
}
