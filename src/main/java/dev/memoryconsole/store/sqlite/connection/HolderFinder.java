package dev.memoryconsole.store.sqlite.connection;

import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds out which process holds SQLite's write lock. SQLite does not say, but Linux lists the locks
 * of all files: the write lock of a store in WAL mode is byte 120 of its {@code -shm} file
 * (https://sqlite.org/walformat.html#wal_locks). On other systems nobody can be told.
 *
 * <p>Thread-safe.
 */
public final class HolderFinder {
  private static final Path LOCKS = Path.of("/proc/locks");
  private static final boolean LISTED =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
  private static final long WRITE_LOCK_BYTE = 120;
  private static final int COLUMNS = 8;
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final Path shared;

  /** Looks for the holders of the lock of the store in this file. */
  public HolderFinder(Path file) {
    this.shared = Path.of(file + "-shm");
  }

  /** Who holds it; {@link LockHolder.Foreign#UNKNOWN} if nobody does or that can't be told. */
  public LockHolder.Foreign find() {
    if (!LISTED) {
      return LockHolder.Foreign.UNKNOWN;
    }
    try {
      long pid = pid(Files.readAllLines(LOCKS), inode(shared));
      return pid <= 0 || pid == ProcessHandle.current().pid()
          ? LockHolder.Foreign.UNKNOWN
          : new LockHolder.Foreign(pid, program(pid));
    } catch (IOException | UnsupportedOperationException | NumberFormatException notTold) {
      return LockHolder.Foreign.UNKNOWN;
    }
  }

  /** Who holds it, if that can be told. */
  public Optional<LockOwner> owner() {
    LockHolder.Foreign holder = find();
    return holder.pid() == 0 ? Optional.empty() : Optional.of(new LockOwner(holder, ""));
  }

  private static long inode(Path file) throws IOException {
    if (Files.getAttribute(file, "unix:ino") instanceof Long inode) {
      return inode;
    }
    throw new NoSuchFileException(file.toString());
  }

  /**
   * Reads the system's list.
   *
   * @return the process id; 0 if nobody holds it
   */
  public static long pid(List<String> lines, long inode) {
    for (String line : lines) {
      // 5: POSIX  ADVISORY  WRITE 4711 fe:00:2148684 120 120
      String[] column = BLANKS.split(line.strip(), -1);
      if (column.length == COLUMNS
          && column[1].equals("POSIX")
          && column[3].equals("WRITE")
          && column[5].endsWith(":" + inode)
          && Long.parseLong(column[6]) <= WRITE_LOCK_BYTE
          && (column[7].equals("EOF") || Long.parseLong(column[7]) >= WRITE_LOCK_BYTE)) {
        return Long.parseLong(column[4]);
      }
    }
    return 0;
  }

  private static String program(long pid) throws IOException {
    String command = ProcessHandle.of(pid).flatMap(process -> process.info().command()).orElse("");
    if (!command.isEmpty()) {
      return String.valueOf(Path.of(command).getFileName());
    }
    // Of another user's process only this can be read.
    return Files.readString(Path.of("/proc", Long.toString(pid), "comm")).strip();
  }
}
