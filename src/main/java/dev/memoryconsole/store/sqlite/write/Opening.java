package dev.memoryconsole.store.sqlite.write;

import java.time.Duration;

/**
 * One opening of a store, of which there may be several in this process: what it wishes, and
 * whether it is about to end. Thread-safe.
 */
public final class Opening {
  private final Duration lockPatience;
  private final boolean courteous;
  private volatile boolean closing;

  /**
   * Begins an opening.
   *
   * @param lockPatience how long to wait for the write lock before giving up
   * @param courteous whether the lock is left to other programs for a while after each hold
   */
  public Opening(Duration lockPatience, boolean courteous) {
    this.lockPatience = lockPatience;
    this.courteous = courteous;
  }

  /** How long to wait for the write lock before giving up. */
  public Duration lockPatience() {
    return lockPatience;
  }

  /** Whether the lock is left to other programs for a while after each hold. */
  boolean isCourteous() {
    return courteous;
  }

  /** Makes everybody of this opening who still waits for the lock give up. */
  public void refuseFromNowOn() {
    closing = true;
  }

  /** Whether it is about to end. */
  public boolean isClosing() {
    return closing;
  }
}
