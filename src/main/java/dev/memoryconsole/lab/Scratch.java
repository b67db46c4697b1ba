package dev.memoryconsole.lab;

import dev.memoryconsole.files.FileMutex;
import dev.memoryconsole.files.OpenDatabases;
import dev.memoryconsole.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
  private final FileMutex inUse;

  private Scratch(Path folder, FileMutex inUse) {
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
      while (true) {
        Path folder = Files.createTempDirectory(root, "lab-");
        Optional<FileMutex> inUse = FileMutex.tryLock(folder.resolve(LOCK));
        if (inUse.isPresent()) {
          return new Scratch(folder, inUse.get());
        }
        // Somebody who sweeps took the new folder for an abandoned one.
      }
    } catch (IOException e) {
      throw new StoreException(LabCode.NO_COPY.with(root), e);
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
    if (!Files.exists(left.resolve(LOCK))) {
      return;
    }
    try {
      Optional<FileMutex> inUse = FileMutex.tryLock(left.resolve(LOCK));
      if (inUse.isPresent()) {
        try (FileMutex _ = inUse.get()) {
          remove(left);
        }
      }
    } catch (IOException e) {
      LOG.debug("{} is left", left, e);
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Removes a store's file and what belongs to it. */
  void removeStore(Path store) throws IOException {
    // One that is still open goes with the folder.
    OpenDatabases.whileClosed(
        store,
        () -> {
          for (String ending : List.of("", "-wal", "-shm", "-journal")) {
            Files.deleteIfExists(store.resolveSibling(store.getFileName() + ending));
          }
        });
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
