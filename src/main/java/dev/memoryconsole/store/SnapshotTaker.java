package dev.memoryconsole.store;

/**
 * Takes a snapshot of one store before a run begins to write to it, if the admin wants that.
 * Thread-safe.
 */
@FunctionalInterface
public interface SnapshotTaker {
  /** Takes none. */
  SnapshotTaker NONE = (run, progress) -> {};

  /**
   * Takes it.
   *
   * @param run the run that is about to begin
   * @param progress told how far it is; not called if snapshots are switched off
   * @throws StoreException if it can't be taken; the run must not begin then
   * @throws InterruptedException if interrupted; there is no snapshot then
   */
  void take(long run, SnapshotProgress progress) throws InterruptedException;
}
