package dev.memoryconsole.store.lance.table;

import dev.memoryconsole.store.RealPaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The plugin's directory, which is the store: its table and the file that its lock is named after.
 *
 * @param root the plugin's directory; absolute
 */
public record PluginFolder(Path root) {
  /** What the plugin calls its table. */
  static final String TABLE = "memories.lance";

  /**
   * Told from the plugin's directory or the table inside it; empty if it is neither. The table may
   * be a link to elsewhere: the lock is in the directory that the plugin knows, which is where the
   * link is, unless only the other one has a lock.
   */
  public static Optional<PluginFolder> of(Path path) {
    Path real = RealPaths.of(path);
    if (isTable(real.resolve(TABLE))) {
      return Optional.of(new PluginFolder(real));
    }
    if (!isTable(real)) {
      return Optional.empty();
    }
    Optional<PluginFolder> linked = around(path.toAbsolutePath().normalize());
    Optional<PluginFolder> itself = around(real);
    return linked
        .filter(PluginFolder::hasLock)
        .or(() -> itself.filter(PluginFolder::hasLock))
        .or(() -> linked)
        .or(() -> itself);
  }

  private static Optional<PluginFolder> around(Path table) {
    Path parent = table.getParent();
    return parent != null && table.endsWith(TABLE)
        ? Optional.of(new PluginFolder(RealPaths.of(parent)))
        : Optional.empty();
  }

  private boolean hasLock() {
    return Files.exists(lockTarget());
  }

  private static boolean isTable(Path folder) {
    return Files.isDirectory(folder);
  }

  /** The Lance dataset. */
  public Path dataset() {
    return root.resolve(TABLE);
  }

  /** The file that the write lock is named after. */
  public Path lockTarget() {
    return root.resolve(".memory-write.lock");
  }
}
