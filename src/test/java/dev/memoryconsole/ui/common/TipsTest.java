package dev.memoryconsole.ui.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TipsTest {
  private static final Path UI = Path.of("src/main/java/dev/memoryconsole/ui");

  /** Any other may be wider than the screen. */
  @Test
  void nobodyElseMakesTooltips() throws IOException {
    try (Stream<Path> files = Files.walk(UI)) {
      List<Path> makers =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.endsWith("Tips.java"))
              .filter(TipsTest::makesOne)
              .toList();
      assertThat(makers).isEmpty();
    }
  }

  private static boolean makesOne(Path file) {
    try {
      return Files.readString(file).contains("new Tooltip(");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
