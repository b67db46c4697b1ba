package dev.memoryconsole.journal.lives;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which processes that share a journal are alive: each that works on a run keeps a file of its own
 * in a folder beside the journal, locked for as long as it lives. The operating system drops that
 * lock when the process ends, however it ends; neither a clock that is set nor another namespace of
 * process ids makes a difference. The file's name is the process's name: random, never used again.
 *
 * <p>A process opens its own file once. Closing any other descriptor of it would drop the lock, so
 * what concerns this process is answered from memory. Who looks at a file, or removes one that is
 * left over, holds a shared lock on it meanwhile: the owner's is exclusive, so a file that is being
 * removed can't become anybody's.
 *
 * <p>Safe for use by many threads and many openings of the same journal.
 */
final class ProcessLives implements AutoCloseable {
  private static final String SUFFIX = ".alive";
  private static final int MOST_TRIES = 100;

  private static final Logger LOG = LoggerFactory.getLogger(ProcessLives.class);

  // Guards the two below, and lets one thread at a time touch the files: a lock is the process's.
  private static final Object FILES = new Object();
  private static final Map<Path, Own> OWN = new HashMap<>();
  private static final Set<String> OWN_NAMES = new HashSet<>();

  private final Path folder;
  private @Nullable Own own;

  /** This process's file in one folder. Kept open: a lock ends with its channel. */
  private static final class Own {
    private final String name;
    private final FileChannel channel;
    private int users;

    private Own(String name, FileChannel channel) {
      this.name = name;
      this.channel = channel;
    }
  }

  /**
   * Keeps the files beside a journal.
   *
   * @param journal its real path
   */
  ProcessLives(Path journal) {
    this.folder = journal.resolveSibling(journal.getFileName() + "-processes");
  }

  /**
   * This process's name. The first call makes its file, and removes those of processes that are
   * gone.
   *
   * @throws IOException if no file can be made or locked
   */
  String own() throws IOException {
    synchronized (FILES) {
      if (own == null) {
        Own mine = OWN.get(folder);
        if (mine == null) {
          Files.createDirectories(folder);
          mine = begin();
          OWN.put(folder, mine);
          OWN_NAMES.add(mine.name);
          removeLeftOver();
        }
        mine.users++;
        own = mine;
      }
      return own.name;
    }
  }

  private Own begin() throws IOException {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      String name = UUID.randomUUID().toString();
      Path file = file(name);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      // Another process may take the new file for one that is left over.
      FileLock lock = channel.tryLock();
      if (lock != null && Files.exists(file)) {
        return new Own(name, channel);
      }
      channel.close();
    }
    throw new IOException("no file in " + folder + " could be locked");
  }

  private void removeLeftOver() {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        String found = file.getFileName().toString();
        if (!OWN_NAMES.contains(found.substring(0, found.length() - SUFFIX.length()))) {
          removeIfDead(file);
        }
      }
    } catch (IOException e) {
      LOG.warn("What is left over in {} stays there", folder, e);
    }
  }

  private static void removeIfDead(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.tryLock(0, Long.MAX_VALUE, true) != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | OverlappingFileLockException e) {
      LOG.debug("{} stays where it is", file, e);
    }
  }

  /** Whether this is a name of this process. */
  static boolean isOwn(String name) {
    synchronized (FILES) {
      return OWN_NAMES.contains(name);
    }
  }

  /**
   * Whether this is the name of this process beside this journal, by whatever path it was opened: a
   * copy of the journal elsewhere knows the name too, and means nobody.
   */
  boolean isMine(String name) {
    synchronized (FILES) {
      Own mine = own;
      return (mine != null && mine.name.equals(name))
          || (OWN_NAMES.contains(name) && Files.exists(file(name)));
    }
  }

  /**
   * Whether the process of this name is alive. Changes nothing. What can't be told counts as so.
   */
  boolean isAlive(String name) {
    synchronized (FILES) {
      if (OWN_NAMES.contains(name)) {
        return isMine(name);
      }
      try (FileChannel channel = FileChannel.open(file(name), StandardOpenOption.READ)) {
        return channel.tryLock(0, Long.MAX_VALUE, true) == null;
      } catch (NoSuchFileException | NotDirectoryException gone) {
        return false;
      } catch (IOException | OverlappingFileLockException e) {
        LOG.warn("Whether {} is alive can't be told", name, e);
        return true;
      }
    }
  }

  private Path file(String name) {
    return folder.resolve(name + SUFFIX);
  }

  /** The last user in this process removes its file. */
  @Override
  public void close() {
    synchronized (FILES) {
      Own mine = own;
      own = null;
      if (mine != null && --mine.users == 0) {
        OWN.remove(folder);
        OWN_NAMES.remove(mine.name);
        try {
          Files.deleteIfExists(file(mine.name));
          mine.channel.close();
        } catch (IOException e) {
          LOG.warn("The file of this process is left over in {}", folder, e);
        }
      }
    }
  }
}
