package dev.memoryconsole.store;

import dev.memoryconsole.lock.LockAcquisition;
import java.nio.file.Path;

/** A store that can be copied whole, and brought back to such a copy. */
public interface Restorable {
  /**
   * Takes a store for such a one.
   *
   * @throws StoreException if it is none
   */
  static Restorable of(MemoryStore store) {
    if (store instanceof Restorable restorable) {
      return restorable;
    }
    throw new StoreException(StoreCode.NOT_RESTORABLE.with(store.location().toString()));
  }

  /**
   * Tells about how many bytes {@link #snapshotTo} writes now; 0 for a store that keeps what its
   * snapshots name.
   */
  default long snapshotBytes() {
    return 0;
  }

  /**
   * Writes a consistent copy of the whole store to a file of its own, while others go on reading
   * and writing. Never takes the write lock. When this returns, the copy is safely on the disk.
   *
   * @param file must not be there yet, or be empty; after a failure or an interrupt it is gone
   * @param progress told about the pages that were copied
   * @throws StoreException if the copy could not be made, for example because the disk is too small
   * @throws InterruptedException if interrupted
   */
  void snapshotTo(Path file, SnapshotProgress progress) throws InterruptedException;

  /**
   * Brings the whole content of a snapshot back, whatever was written since. Everybody who has the
   * store open sees the old content or the restored one, never a mixture. The store's write lock is
   * held for the writing alone; versions of rows rise, as with every write.
   *
   * <p>What is there before is kept first, with every write that others make until the restore
   * takes effect: what they wrote in the last moments is added while they wait. Where that would
   * keep them waiting too long, it is tried again a few times, and then given up.
   *
   * @param snapshot a file that {@link #snapshotTo} made; it stays as it is
   * @param safety where the snapshot of the state before is kept; there is no such file yet, and
   *     none if the restore did not take effect
   * @param guard asked before it takes effect
   * @return the acquisition it took
   * @throws StoreException if the file is no store, is damaged or of a newer version, the state
   *     before could not be kept, or the lock could not be had; the store is as it was
   * @throws InterruptedException if interrupted before the restore took effect; the store is as it
   *     was
   */
  LockAcquisition restoreFrom(
      Path snapshot, Path safety, RestoreGuard guard, SnapshotProgress progress)
      throws InterruptedException;
}
