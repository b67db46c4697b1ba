package dev.memoryconsole.lock;

/**
 * Decides when a lock that other programs take too may be taken. It is told what is seen of them,
 * by whoever sees it, and asked by whoever wants the lock.
 *
 * <p>Implementations are thread-safe and quick. Times are of {@link System#nanoTime}.
 */
public interface LockPacing {
  /** Takes the lock whenever it is free. */
  LockPacing NONE = new LockPacing() {};

  /** Somebody else has taken the lock. */
  default void othersTook() {}

  /** The lock that somebody else seemed to have was ours after all. */
  default void othersDidNot() {}

  /**
   * Somebody else has held the lock, or has written.
   *
   * @param from not before that
   * @param to not after that
   */
  default void othersHeld(long from, long to) {}

  /** This process has held the lock. */
  default void weHeld(long from, long to) {}

  /** How long to wait before asking again, in nanoseconds; 0 or less to take the lock now. */
  default long pauseNanos(long now) {
    return 0;
  }

  /** How long to ask at most, in nanoseconds; then the lock is taken in any case. */
  default long patienceNanos() {
    return 0;
  }
}
