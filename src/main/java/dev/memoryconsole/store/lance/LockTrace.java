package dev.memoryconsole.store.lance;

import dev.memoryconsole.lock.lockfile.ProperLockfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Who made the file that the lock directory is named after, the first time it was taken. */
public enum LockTrace {
  /** There is none: nobody ever took the lock directory. */
  NONE,
  /** This program. */
  OURS,
  /** Another program: the plugin. */
  PLUGIN;

  private static final int LARGEST = 1_000;

  static LockTrace of(Path target) {
    try {
      return Files.size(target) < LARGEST
              && Files.readString(target).equals(ProperLockfile.MADE_BY_US)
          ? OURS
          : PLUGIN;
    } catch (NoSuchFileException e) {
      return NONE;
    } catch (IOException e) {
      // Whatever it is, somebody made it.
      return PLUGIN;
    }
  }
}
