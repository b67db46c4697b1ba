package dev.memoryconsole.lock.lockfile;

import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockOwner;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Who holds a lock that is a directory. The protocol has no place for a name; but a Memory Console
 * keeps the directory open while it holds the lock, and Linux tells who has it open. Of a program
 * on Node only the user is known who made the directory.
 *
 * <p>Reads the table of this machine's processes, so it is for asking once, not for polling.
 * Thread-safe.
 */
final class OwnerFinder {
  private static final Path PROCESSES = Path.of("/proc");
  private static final boolean LISTED =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");

  private OwnerFinder() {}

  /** Asks the system. */
  static LockOwner of(Path directory) {
    return new LockOwner(process(directory), user(directory));
  }

  private static LockHolder.Foreign process(Path directory) {
    if (!LISTED) {
      return LockHolder.Foreign.UNKNOWN;
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[1-9]*")) {
      for (Path process : processes) {
        if (hasOpen(process.resolve("fd"), directory)) {
          long pid = Long.parseLong(process.getFileName().toString());
          return new LockHolder.Foreign(pid, program(process));
        }
      }
    } catch (IOException | RuntimeException notTold) {
      return LockHolder.Foreign.UNKNOWN;
    }
    return LockHolder.Foreign.UNKNOWN;
  }

  private static boolean hasOpen(Path handles, Path directory) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(handles)) {
      for (Path handle : open) {
        if (isOn(handle, directory)) {
          return true;
        }
      }
    } catch (IOException | RuntimeException ofAnotherUser) {
      return false;
    }
    return false;
  }

  private static boolean isOn(Path handle, Path directory) {
    try {
      return Files.readSymbolicLink(handle).equals(directory);
    } catch (IOException | RuntimeException closedMeanwhile) {
      return false;
    }
  }

  private static String program(Path process) throws IOException {
    return Files.readString(process.resolve("comm")).strip();
  }

  private static String user(Path directory) {
    try {
      return Files.getOwner(directory).getName();
    } catch (IOException | RuntimeException notTold) {
      return "";
    }
  }
}
