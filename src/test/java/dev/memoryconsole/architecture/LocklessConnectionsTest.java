package dev.memoryconsole.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where SQLite is asked to do without locks. */
class LocklessConnectionsTest {
  private static final Pattern LOCKLESS =
      Pattern.compile("immutable\\s*=|nolock|unix-none|unix-dotfile|vfs\\s*=");

  /**
   * Such a connection closes its descriptor at once, and takes the locks from all others of the
   * process: only {@code FileInspection} may open one, inside {@code OpenDatabases.whileClosed}.
   */
  @Test
  void onlyTheInspectionOfAClosedFileDoesWithoutLocks() throws Exception {
    try (Stream<Path> sources = Files.walk(Path.of("src/main"))) {
      List<Path> lockless =
          sources
              .filter(Files::isRegularFile)
              .filter(file -> file.toString().matches(".*\\.(java|sql)"))
              .filter(LocklessConnectionsTest::isLockless)
              .toList();
      assertThat(lockless)
          .extracting(file -> file.getFileName().toString())
          .containsExactly("Connections.java");
    }
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      assertThat(sources.filter(Files::isRegularFile).filter(file -> has(file, ".inspector(")))
          .extracting(file -> file.getFileName().toString())
          .containsExactly("FileInspection.java");
    }
  }

  private static boolean isLockless(Path file) {
    return LOCKLESS.matcher(read(file)).find();
  }

  private static boolean has(Path file, String text) {
    return read(file).contains(text);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
