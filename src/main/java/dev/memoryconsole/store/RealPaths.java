package dev.memoryconsole.store;

import java.io.IOException;
import java.nio.file.Path;

/** One name for one file, however it is reached: journal and snapshots know stores by it. */
public final class RealPaths {
  private RealPaths() {}

  /** Without links and dots as far as the path exists; absolute in any case. */
  public static Path of(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    try {
      return absolute.toRealPath();
    } catch (IOException notThere) {
      return ofNew(absolute);
    }
  }

  private static Path ofNew(Path absolute) {
    Path folder = absolute.getParent();
    Path name = absolute.getFileName();
    if (folder == null || name == null) {
      return absolute;
    }
    try {
      return folder.toRealPath().resolve(name);
    } catch (IOException noFolder) {
      return absolute;
    }
  }
}
