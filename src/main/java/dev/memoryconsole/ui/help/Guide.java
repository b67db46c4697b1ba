package dev.memoryconsole.ui.help;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The guide, as it comes with the program. */
final class Guide {
  private static final String FILE = "/dev/memoryconsole/help/guide.md";

  private Guide() {}

  /** Its text. Reads the program's own file: not on the user interface's thread. */
  static String text() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Guide.class.getResourceAsStream(FILE), "missing resource " + FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
