package dev.memoryconsole.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one can read at a sitting: how long a file is, and how many are in a folder. */
final class SizeRules {
  private static final int LINES = 350;
  private static final int FILES = 20;

  private SizeRules() {}

  @ArchTest
  static void noFileIsLong(JavaClasses classes) throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path source : sources()) {
      try (Stream<String> lines = Files.lines(source)) {
        if (lines.count() > LINES) {
          found.add(source.getFileName().toString().replace(".java", ""));
        }
      }
    }
    assertThat(found).as("files of more than 350 lines").isEmpty();
  }

  @ArchTest
  static void noFolderIsFull(JavaClasses classes) throws IOException {
    Map<Path, Long> counts =
        sources().stream()
            .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()));
    Set<String> found = new TreeSet<>();
    counts.forEach(
        (folder, count) -> {
          if (count > FILES) {
            found.add(folder.toString().replaceFirst("src/\\w+/java/dev/memoryconsole/?", ""));
          }
        });
    assertThat(found).as("folders of more than 20 files").isEmpty();
  }

  private static Set<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
