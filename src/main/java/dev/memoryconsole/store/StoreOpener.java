package dev.memoryconsole.store;

import java.nio.file.Path;

/** Opens a store of whatever kind is at a path. */
@FunctionalInterface
public interface StoreOpener {
  /**
   * Opens an existing store.
   *
   * @throws StoreException if there is none or it can't be used; one sentence for the admin, and
   *     nothing was changed
   */
  MemoryStore open(Path path);
}
