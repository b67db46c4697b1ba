package dev.memoryconsole.upgrade.pace;

import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.store.OtherWriters;

/**
 * How much of a store's lock an upgrade may take from others: never more than they hardly feel.
 * What that means depends on what others do when they find the lock held: on an SQLite file they
 * look again within milliseconds, on the plugin's store after a second or later.
 *
 * <p>Thread-safe.
 */
public interface StorePacing extends LockPacing {
  /**
   * How long the lock is left alone after a hold, before a batch is made, in nanoseconds.
   *
   * @param holdNanos how long it was held
   * @param others what the store knows of others
   */
  long restNanos(long holdNanos, OtherWriters others);

  /**
   * Whether batches must be over within a millisecond while others write: because the moment
   * between two writes of theirs is chosen, or because they share a server's processors.
   */
  boolean fitsBetweenWrites();
}
