package dev.memoryconsole.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The SQLite databases that this process has open, each of them once.
 *
 * <p>A process that closes any descriptor of a file loses all its POSIX locks on it
 * (https://sqlite.org/howtocorrupt.html, 2.2). SQLite's own connections know of each other and wait
 * with the closing; a stream or a channel of ours does not, and neither does a connection that
 * takes no locks. Whoever then is the last to close, in another process, believes to be alone and
 * removes the log that we still write to. So a database is opened here, and its file is touched in
 * any other way only by {@link #whileClosed}.
 *
 * <p>Thread-safe.
 */
public final class OpenDatabases {
  private static final List<String> COMPANIONS = List.of("-wal", "-shm", "-journal");
  private static final Map<FileIdentity, Entry> ENTRIES = new HashMap<>();

  private OpenDatabases() {}

  private static final class Entry {
    private final FileIdentity identity;
    // Whoever opens, closes or looks at the file has it; nobody has it while the file is only open.
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the map.
    private int users;
    // Guarded by the lock.
    private @Nullable AutoCloseable shared;
    private int shares;
    private int connections;
    private volatile @Nullable Path path;

    Entry(FileIdentity identity) {
      this.identity = identity;
    }

    boolean isOpen() {
      return path != null;
    }
  }

  /** Opens a database. */
  @FunctionalInterface
  public interface Opener<T, E extends Exception> {
    /** Opens it. */
    T open() throws E;
  }

  /** Does something with a file. */
  @FunctionalInterface
  public interface Action<E extends Exception> {
    /** Does it. */
    void run() throws E;
  }

  /**
   * One of those who have a database open. A second call of {@link #close} does nothing.
   *
   * @param <T> what they share
   */
  public static final class Share<T> implements AutoCloseable {
    private final Entry entry;
    private final T opened;
    private boolean closed;

    private Share(Entry entry, T opened) {
      this.entry = entry;
      this.opened = opened;
    }

    /** What was opened. */
    public T get() {
      return opened;
    }

    /** Whether this path leads to the file that was opened. */
    public boolean isOf(Path file) {
      return FileIdentity.of(file).equals(entry.identity);
    }

    /**
     * The last one closes what was opened; who opens it meanwhile waits for that.
     *
     * @throws IOException if that failed; its cause is what was thrown
     */
    @Override
    public synchronized void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      entry.lock.lock();
      try {
        AutoCloseable last = entry.shares == 1 ? entry.shared : null;
        if (last != null) {
          last.close();
        }
      } catch (RuntimeException failure) {
        throw failure;
      } catch (Exception failure) {
        throw new IOException(failure);
      } finally {
        entry.shares--;
        if (entry.shares == 0) {
          entry.shared = null;
          forgetPath(entry);
        }
        entry.lock.unlock();
        leave(entry);
      }
    }
  }

  /** A connection beside what is shared. A second call of {@link #close} does nothing. */
  public static final class Use implements AutoCloseable {
    private final Entry entry;
    private boolean closed;

    private Use(Entry entry) {
      this.entry = entry;
    }

    /** To be called once the connection is closed. */
    @Override
    public synchronized void close() {
      if (closed) {
        return;
      }
      closed = true;
      entry.lock.lock();
      try {
        entry.connections--;
        forgetPath(entry);
      } finally {
        entry.lock.unlock();
        leave(entry);
      }
    }
  }

  /**
   * Opens a database, or shares what was opened before under whatever name.
   *
   * @param opener opens it, if nobody has yet; may call {@link #whileClosed} first
   * @throws DatabaseInUseException if it is open as something else, or if a file is open that was
   *     at this path before this one
   */
  public static <T extends AutoCloseable, E extends Exception> Share<T> share(
      Path file, Class<T> type, Opener<T, E> opener) throws E {
    while (true) {
      Share<T> share = tryShare(file, type, opener);
      if (share != null) {
        return share;
      }
    }
  }

  /** Null if the file was made or replaced while it was being opened. */
  private static <T extends AutoCloseable, E extends Exception> @Nullable Share<T> tryShare(
      Path file, Class<T> type, Opener<T, E> opener) throws E {
    Entry entry = enter(file);
    boolean shared = false;
    entry.lock.lock();
    try {
      if (entry.shared == null) {
        refuseIfReplaced(file, entry);
        T opened = opener.open();
        if (!FileIdentity.of(file).equals(entry.identity)) {
          closeUnused(opened, file);
          return null;
        }
        entry.shared = opened;
      } else if (!type.isInstance(entry.shared)) {
        throw new DatabaseInUseException(FilesCode.USED_BY_THIS_PROGRAM.with(file));
      }
      T opened = type.cast(entry.shared);
      entry.shares++;
      entry.path = realPath(file);
      shared = true;
      return new Share<>(entry, opened);
    } finally {
      entry.lock.unlock();
      if (!shared) {
        leave(entry);
      }
    }
  }

  private static void closeUnused(AutoCloseable opened, Path file) {
    try {
      opened.close();
    } catch (Exception failure) {
      DatabaseInUseException replaced =
          new DatabaseInUseException(FilesCode.REPLACED_MEANWHILE.with(file));
      replaced.addSuppressed(failure);
      throw replaced;
    }
  }

  // SQLite finds the log by the name: two files of one name would write to one log.
  private static void refuseIfReplaced(Path file, Entry entry) {
    Path path = realPath(file);
    synchronized (ENTRIES) {
      for (Entry other : ENTRIES.values()) {
        if (!other.equals(entry) && path.equals(other.path)) {
          throw new DatabaseInUseException(FilesCode.REPLACED_WHILE_OPEN.with(file));
        }
      }
    }
  }

  /** Says that a connection is about to be opened, by SQLite and with locks, beside the others. */
  public static Use use(Path file) {
    Entry entry = enter(file);
    entry.lock.lock();
    try {
      entry.connections++;
      if (entry.path == null) {
        entry.path = realPath(file);
      }
      return new Use(entry);
    } finally {
      entry.lock.unlock();
    }
  }

  /**
   * Does something with a file that is no database, or none that is open here; nobody opens it
   * meanwhile. The files that SQLite keeps beside a database are part of it.
   *
   * @return false if it is open: nothing was done
   */
  public static <E extends Exception> boolean whileClosed(Path file, Action<E> action) throws E {
    Entry entry = enter(file);
    entry.lock.lock();
    try {
      if (entry.isOpen()) {
        return false;
      }
      action.run();
      return true;
    } finally {
      entry.lock.unlock();
      leave(entry);
    }
  }

  /** Whether a file is a database that is open here, or belongs to one. */
  public static boolean isOpen(Path file) {
    synchronized (ENTRIES) {
      Entry entry = ENTRIES.get(FileIdentity.of(databaseOf(file)));
      return entry != null && entry.isOpen();
    }
  }

  private static Entry enter(Path file) {
    FileIdentity identity = FileIdentity.of(databaseOf(file));
    synchronized (ENTRIES) {
      Entry entry = ENTRIES.computeIfAbsent(identity, Entry::new);
      entry.users++;
      return entry;
    }
  }

  private static void leave(Entry entry) {
    synchronized (ENTRIES) {
      entry.users--;
      if (entry.users == 0) {
        ENTRIES.remove(entry.identity);
      }
    }
  }

  private static void forgetPath(Entry entry) {
    if (entry.shares == 0 && entry.connections == 0) {
      entry.path = null;
    }
  }

  private static Path databaseOf(Path file) {
    Path name = file.getFileName();
    for (String companion : COMPANIONS) {
      String ending = name == null ? "" : name.toString();
      if (ending.endsWith(companion) && ending.length() > companion.length()) {
        Path database =
            file.resolveSibling(ending.substring(0, ending.length() - companion.length()));
        return Files.isRegularFile(database) ? database : file;
      }
    }
    return file;
  }

  private static Path realPath(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException notThere) {
      return file.toAbsolutePath().normalize();
    }
  }
}
