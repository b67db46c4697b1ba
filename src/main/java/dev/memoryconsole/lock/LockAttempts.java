package dev.memoryconsole.lock;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one acquisition at a lock that tells nobody when it gets free. For one thread.
 */
public interface LockAttempts extends AutoCloseable {
  /**
   * Tries once.
   *
   * @return the lock, or null while somebody else holds it
   * @throws LockException if it can't be had at all
   * @throws InterruptedException if interrupted; the lock is not held then
   */
  @Nullable LockLease next() throws InterruptedException;

  /** Why the lock could not be had; who holds it is asked now. */
  LockException gaveUp(Duration patience);

  /** No attempt follows. */
  @Override
  void close();
}
