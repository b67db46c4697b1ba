package dev.memoryconsole.store;

import dev.memoryconsole.lock.LockOwner;
import java.util.Optional;

/** A store whose lock is the operating system's, which knows the processes that hold one. */
public interface TellsLockOwner {
  /**
   * Finds out who of other processes holds the store's lock right now; empty if nobody does or that
   * can't be told. Asks the system, so it is for asking once, not for polling.
   */
  Optional<LockOwner> lockOwner();
}
