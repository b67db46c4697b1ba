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
  private static final String TABLE = "memories.lance";

  /** Told from the plugin's directory or the table inside it; empty if it is neither. */
  static Optional<Location> of(Path path) {
    Path real = RealPaths.of(path);
    if (isTable(real.resolve(TABLE))) {
      return Optional.of(new Location(real));
    }
    Path parent = real.getParent();
    if (parent != null && real.endsWith(TABLE) && isTable(real)) {
      return Optional.of(new Location(parent));
    }
    return Optional.empty();
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
