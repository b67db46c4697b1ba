package dev.memoryconsole.upgrade.pace;

import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.OtherWriters;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How much of a store's lock an upgrade may take from others: never more than they hardly feel.
 * What that means depends on what they do who find the lock held. Of an SQLite file they look again
 * within milliseconds; of the plugin's store after a second, or later.
 *
 * <p>Thread-safe.
 */
public sealed interface StorePacing extends LockPacing permits BehindAWrite, OthersRhythm {
  /** Who looks again later than that is met as seldom as possible. */
  Duration SOON = Duration.ofMillis(100);

  /** For a store; from now on its lock is taken accordingly. */
  static StorePacing of(MemoryStore store, LongSupplier nanoTime) {
    StorePacing pacing =
        store.othersLookAgain().compareTo(SOON) < 0
            ? new BehindAWrite(nanoTime.getAsLong())
            : new OthersRhythm();
    store.pacedBy(pacing);
    return pacing;
  }

  /**
   * How long the lock is left alone after a hold, before a batch is made, in nanoseconds.
   *
   * @param holdNanos how long it was held
   * @param others what the store knows of others
   */
  long restNanos(long holdNanos, OtherWriters others);

  /** Whether batches must fit between two writes of others, because the moment is chosen so. */
  boolean fitsBetweenWrites();
}
