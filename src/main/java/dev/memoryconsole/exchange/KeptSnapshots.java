package dev.memoryconsole.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which snapshots of a store are kept whatever the rules say: the one that was restored last or is
 * being restored, and the one of what was there before. A small file beside them names them, so
 * that every process knows. To be used by who has the folder's lock.
 */
final class KeptSnapshots {
  private static final String FILE = ".restored";

  private final Path file;

  private KeptSnapshots(Path file) {
    this.file = file;
  }

  /** The kept ones in a folder. */
  static KeptSnapshots in(Path folder) {
    return new KeptSnapshots(folder.resolve(FILE));
  }

  /** The kept ones in the folder of a snapshot. */
  static KeptSnapshots beside(Path snapshot) {
    return new KeptSnapshots(snapshot.resolveSibling(FILE));
  }

  /** Their files' names. */
  Set<String> names() throws IOException {
    try {
      return new LinkedHashSet<>(Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException none) {
      return Set.of();
    }
  }

  /** Keeps these, and no others. */
  void replace(Set<String> names) throws IOException {
    Path beside = file.resolveSibling(FILE + Snapshots.UNFINISHED);
    Files.write(beside, List.copyOf(names), StandardCharsets.UTF_8);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
