package dev.memoryconsole.store;

import dev.memoryconsole.lock.LockInspection;

/**
 * A store whose programs have agreed upon a lock of their own, which outlives a process that is
 * killed.
 */
public interface HasOwnLock {
  /** Returns a look at that lock; one for each who looks. */
  LockInspection lockInspection();
}
