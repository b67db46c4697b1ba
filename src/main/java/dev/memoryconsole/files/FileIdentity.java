package dev.memoryconsole.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Which file a path leads to: the same for all its names, relative or absolute, through links of
 * either sort; another one once the file was replaced. Looks at the folder only, opens nothing.
 *
 * @param key device and inode where the system tells them; else the path without links
 */
public record FileIdentity(Object key) {
  /** Identifies the file at this path; one that is not there is known by its path. */
  public static FileIdentity of(Path file) {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return new FileIdentity(key == null ? file.toRealPath() : key);
    } catch (IOException notThere) {
      return new FileIdentity(file.toAbsolutePath().normalize());
    }
  }
}
