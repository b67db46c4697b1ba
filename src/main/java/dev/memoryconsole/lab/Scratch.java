package dev.memoryconsole.lab;

import dev.memoryconsole.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for one visit to the lab; gone when it is closed. What a killed process left behind is
 * swept by the next visit.
 */
final class Scratch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);
  private static final String LOCK = ".in-use";

  private final Path folder;
  private final FileChannel inUse;

  private Scratch(Path folder, FileChannel inUse) {
    this.folder = folder;
    this.inUse = inUse;
  }

  /**
   * Makes one among others.
   *
   * @throws StoreException if it can't be made
   */
  static Scratch in(Path root) {
    try {
      Files.createDirectories(root);
      sweep(root);
      Path folder = Files.createTempDirectory(root, "lab-");
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.lock();
      return new Scratch(folder, channel);
    } catch (IOException e) {
      throw new StoreException(
          "No copy can be made in %s; the store was not touched, check the folder's permissions and the free space."
              .formatted(root),
          e);
    }
  }

  private static void sweep(Path root) throws IOException {
    List<Path> folders;
    try (Stream<Path> list = Files.list(root)) {
      folders = list.filter(Files::isDirectory).toList();
    }
    for (Path left : folders) {
      removeIfAbandoned(left);
    }
  }

  /** If its process is gone; one without a lock is only just being made. */
  private static void removeIfAbandoned(Path left) {
    try (FileChannel channel = FileChannel.open(left.resolve(LOCK), StandardOpenOption.WRITE)) {
      if (channel.tryLock() != null) {
        remove(left);
      }
    } catch (OverlappingFileLockException byThisProcess) {
      LOG.debug("{} is in use", left);
    } catch (IOException e) {
      LOG.debug("{} is left", left, e);
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Removes a store's file and what belongs to it. */
  void removeStore(Path store) throws IOException {
    for (String ending : List.of("", "-wal", "-shm", "-journal")) {
      Files.deleteIfExists(store.resolveSibling(store.getFileName() + ending));
    }
  }

  @Override
  public void close() {
    try (inUse) {
      remove(folder);
    } catch (IOException e) {
      LOG.warn("{} is left for the next time", folder, e);
    }
  }

  /** The lock's file last: what has one and is not in use is swept the next time. */
  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.endsWith(LOCK) && !file.equals(folder)) {
          Files.deleteIfExists(file);
        }
      }
    }
    Files.deleteIfExists(folder.resolve(LOCK));
    Files.deleteIfExists(folder);
  }
}
