package dev.memoryconsole.lock;

/** What a protocol knows of a lock that it has. Thread-safe. */
public interface LockLease {
  /** When it was had ({@link System#nanoTime}). */
  long since();

  /** Whether it had to be taken from a holder who had abandoned it. */
  default boolean isTakenOver() {
    return false;
  }

  /**
   * Whether it is still ours.
   *
   * @throws LockCompromisedException if not
   * @throws LockException if that can't be told
   */
  void check();

  /** Lets go of it if it is ours. Never throws: what can't be released ends by itself. */
  void release();

  /** Whether it was lost. */
  boolean isCompromised();
}
