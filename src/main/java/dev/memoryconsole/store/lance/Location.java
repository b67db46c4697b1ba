package dev.memoryconsole.store.lance;

import dev.memoryconsole.store.RealPaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a store is.
 *
 * @param root the plugin's directory; absolute
 */
record Location(Path root) {
  /** What the plugin calls its table. */
  static final String TABLE = "memories.lance";

  /**
   * Told from the plugin's directory or the table inside it; empty if it is neither. The table may
   * be a link to elsewhere: the lock is in the directory that the plugin knows, which is where the
   * link is, unless only the other one has a lock.
   */
  static Optional<Location> of(Path path) {
    Path real = RealPaths.of(path);
    if (isTable(real.resolve(TABLE))) {
      return Optional.of(new Location(real));
    }
    if (!isTable(real)) {
      return Optional.empty();
    }
    Optional<Location> linked = around(path.toAbsolutePath().normalize());
    Optional<Location> itself = around(real);
    return linked
        .filter(Location::hasLock)
        .or(() -> itself.filter(Location::hasLock))
        .or(() -> linked)
        .or(() -> itself);
  }

  private static Optional<Location> around(Path table) {
    Path parent = table.getParent();
    return parent != null && table.endsWith(TABLE)
        ? Optional.of(new Location(RealPaths.of(parent)))
        : Optional.empty();
  }

  private boolean hasLock() {
    return Files.exists(lockTarget());
  }

  private static boolean isTable(Path folder) {
    return Files.isDirectory(folder);
  }

  /** The Lance dataset. */
  Path dataset() {
    return root.resolve(TABLE);
  }

  /** The file that the write lock is named after. */
  Path lockTarget() {
    return root.resolve(".memory-write.lock");
  }
}
