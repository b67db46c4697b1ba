package dev.memoryconsole.lock.lockfile;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The lock's directory as it was at one instant.
 *
 * @param key tells it from another directory of the same name; null where the file system can't
 * @param born when it was made; the time of its last change where the file system can't tell
 * @param touched the holder's last sign of life, by the clock of whoever gave it
 * @param isFile whether it is a file, which nobody makes any more
 */
record Sighting(@Nullable Object key, Instant born, FileTime touched, boolean isFile) {
  /** Whether both are the same acquisition, as far as can be told. */
  boolean isSameHold(Sighting other) {
    return born.equals(other.born) && Objects.equals(key, other.key);
  }
}
