package dev.memoryconsole.lock;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at a store's lock without taking part in the queue for it, and breaks it for an admin whose
 * store is stuck. Thread-safe.
 */
public interface LockInspection {
  /**
   * How the lock's holder is doing; empty if nobody holds it. One look after the other tells more.
   *
   * @throws LockException if that can't be told
   */
  Optional<LockCondition> condition();

  /**
   * Who holds it, as far as that is told. For asking once, not for polling.
   *
   * @throws LockException if that can't be told
   */
  LockOwner owner();

  /**
   * Breaks the lock, if its holder gives no sign of life while it is watched, and tells the record.
   * A holder that only stood still notices before its next commit and gives that up.
   *
   * @param record told of the hold that was broken
   * @return what it was like
   * @throws LockException if nobody holds it, its holder is alive, or it can't be broken; nothing
   *     was changed
   * @throws InterruptedException if interrupted while watching; nothing was changed
   */
  LockCondition breakIt(Consumer<LockAcquisition> record) throws InterruptedException;
}
