package dev.memoryconsole.lock;

import java.time.Duration;

/**
 * The write lock of a store, by whatever its programs exclude each other: SQLite's own lock, a lock
 * directory, a key in Redis. Every acquisition is recorded, with its wait and hold.
 *
 * <p>Safe for use by many threads, which queue up fairly.
 */
public interface StoreLock extends AutoCloseable {
  /**
   * Waits for the lock and takes it.
   *
   * @param patience how long to wait at most
   * @return what has to be closed to release it
   * @throws LockException if it could not be had in that time, or at all; the message says who
   *     holds it, as far as that can be told
   * @throws InterruptedException if interrupted while waiting; the lock is not held then
   */
  Held acquire(LockPurpose purpose, Duration patience) throws InterruptedException;

  /** Makes everybody who waits give up; what is held stays held until its own end. */
  @Override
  void close();

  /** The lock while it is held. Thread-safe; may be closed by another thread. */
  interface Held extends AutoCloseable {
    /**
     * To be called right before what was worked out takes effect.
     *
     * @throws LockCompromisedException if the lock is not ours any more: nothing must be written
     * @throws LockException if that can't be told: nothing must be written either
     */
    void checkNotCompromised();

    /** The work is done; without this call the acquisition counts as rolled back. */
    void wrote(int written);

    /** Releases the lock, if it is still ours. A second call does nothing. */
    @Override
    void close();

    /**
     * The acquisition as it was recorded.
     *
     * @throws IllegalStateException before the lock is released
     */
    LockAcquisition event();
  }
}
