package dev.memoryconsole.lock;

/**
 * A lock that lies beside the store, because the programs that write there have agreed upon it:
 * whoever looks sees it come and go, and one that its holder has left behind can be broken.
 */
public interface AgreedLock extends StoreLock {
  /**
   * Waits for a moment at which others will hardly come for the lock, as far as that can be told,
   * and no longer than the pacing allows. Returns soon when this is closed.
   *
   * @throws InterruptedException if interrupted while waiting
   */
  void awaitMoment() throws InterruptedException;

  /** Has that moment chosen by this, which is told what is seen of others. */
  void pacedBy(LockPacing pacing);

  /** Sees others take and release the lock from now on, where that can be seen. */
  void watchOthers();

  /** Looks at it from outside. One for each who looks: signs of life are told from look to look. */
  LockInspection inspection();
}
