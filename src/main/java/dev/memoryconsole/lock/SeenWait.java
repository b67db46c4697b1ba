package dev.memoryconsole.lock;

/**
 * One who was seen waiting for another's rows, maybe several times in one wait.
 *
 * @param last as it was when it was seen last
 * @param fromMillis since when it waited, milliseconds since 1970 by this machine's clock
 * @param seenMillis when it was seen last
 */
public record SeenWait(LockWait last, long fromMillis, long seenMillis) {
  /** How long it waited, as far as it was seen; milliseconds. */
  public long waitedMillis() {
    return Math.max(0, seenMillis - fromMillis);
  }

  /** Whether both are of one wait, seen by two who looked. */
  public boolean isSame(SeenWait other) {
    return last.waiter().process() == other.last.waiter().process()
        && last.holder().process() == other.last.holder().process()
        && fromMillis <= other.seenMillis
        && other.fromMillis <= seenMillis;
  }
}
