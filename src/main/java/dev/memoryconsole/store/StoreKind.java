package dev.memoryconsole.store;

import dev.memoryconsole.store.insert.NewStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A kind of store: says which locations are its own, and opens them. Thread-safe. */
public interface StoreKind {
  /**
   * Whether a location is for this kind to open, if no kind before it says so. Looks at names only.
   */
  boolean has(StoreLocation location);

  /**
   * Opens an existing store.
   *
   * @throws StoreException if there is none
   */
  MemoryStore open(StoreLocation location);

  /** The whole store where a location names a part of one, which need not be there. */
  default StoreLocation whole(StoreLocation location) {
    return location;
  }

  /**
   * Whether a store still keeps what one of its snapshots names. Told from files alone.
   *
   * @param snapshot the snapshot's file; true for one that is no snapshot of such a store
   */
  default boolean keeps(StoreLocation store, Path snapshot) {
    return true;
  }

  /** A kind that can make empty stores. */
  interface Making extends StoreKind {
    /** Whether one can be made there as far as the location tells. */
    boolean makes(StoreLocation location);

    /**
     * Whether there is nothing yet at a location where one can be made.
     *
     * @throws StoreException if that can't be told
     */
    default boolean isMissing(StoreLocation location) {
      return location instanceof StoreLocation.OnDisk(Path path) && !Files.exists(path);
    }

    /**
     * Makes an empty store and opens it.
     *
     * @throws StoreException if it can't be made there
     */
    MemoryStore create(StoreLocation location);

    /**
     * Begins a store that is made of rows at one go; empty if this kind has no quicker way than to
     * add them to an empty one.
     *
     * @throws StoreException if it can't be made there
     */
    default Optional<NewStore> begin(StoreLocation location) throws InterruptedException {
      return Optional.empty();
    }
  }
}
