package dev.memoryconsole.store.sqlite.upkeep;

import dev.memoryconsole.lock.LockAcquisition;
import org.jspecify.annotations.Nullable;

/** Work on a store that can wait, done in steps that hold the lock for some milliseconds each. */
@FunctionalInterface
public interface UpkeepTask {
  /**
   * Does some of it.
   *
   * @return the acquisition it took; null if there is nothing to do
   */
  @Nullable LockAcquisition step() throws InterruptedException;
}
