package dev.memoryconsole.store.lance.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The app's own folder for Lance's native library. Knows nothing of Lance, so that looking after it
 * at every start costs nothing.
 */
public final class NativeFolder {
  static final String VERSION = "lance-2.0.0";
  static final String UNFINISHED = "unpacking-";

  private static final Logger LOG = LoggerFactory.getLogger(NativeFolder.class);

  private NativeFolder() {}

  /**
   * Removes what killed processes left unfinished, and the libraries of other versions. Nothing
   * depends on it, so that a failure is only logged.
   */
  public static void sweep(Path folder) {
    try {
      for (Path file : files(folder)) {
        String name = String.valueOf(file.getFileName());
        boolean oldVersion = name.startsWith("lance-") && !name.equals(VERSION);
        if (oldVersion || (name.startsWith(UNFINISHED) && !isAtWork(name))) {
          delete(file);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("Old native libraries in {} can't be removed", folder, e);
    }
  }

  private static boolean isAtWork(String name) {
    String digits = name.substring(UNFINISHED.length()).replaceAll("\\D.*", "");
    Optional<ProcessHandle> process =
        digits.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(digits));
    return process.map(ProcessHandle::isAlive).orElse(false);
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  static void delete(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      for (Path inside : files(file)) {
        delete(inside);
      }
    }
    Files.deleteIfExists(file);
  }
}
