package dev.memoryconsole.store;

import dev.memoryconsole.message.Message;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Takes a snapshot of one store before a run begins to write to it, if the admin wants that.
 * Thread-safe.
 */
@FunctionalInterface
public interface SnapshotTaker {
  /**
   * What a snapshot takes of the disk that it is kept on.
   *
   * @param bytes about how many
   * @param folder where snapshots are kept; need not be there yet
   * @param free how many bytes may be written there
   */
  record Room(long bytes, Path folder, long free) {
    /** Whether it fits. */
    public boolean suffices() {
      return bytes <= free;
    }

    /** What a run begins with, or why it can't begin. */
    public Message sentence() {
      Message takes = StoreCode.taken(bytes);
      Message left = StoreCode.free(free);
      return suffices()
          ? StoreCode.SNAPSHOT_TAKES.with(takes, left)
          : StoreCode.SNAPSHOT_TOO_LARGE.with(takes, left, folder);
    }
  }

  /** Takes none. */
  SnapshotTaker NONE = (run, progress) -> {};

  /** What the next one takes; empty if none is taken, or one takes hardly anything. */
  default Optional<Room> room() {
    return Optional.empty();
  }

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
