package dev.memoryconsole.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memories of the demo, as they come with the program. */
final class DemoMemories {
  private static final String RESOURCE = "/dev/memoryconsole/assets/demo/demo-memories.json";

  private DemoMemories() {}

  /** Writes them, in the form of an export, into a file that is not there yet. */
  static void unpack(Path file) throws IOException {
    try (InputStream in = DemoMemories.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("missing resource " + RESOURCE);
      }
      Files.copy(in, file);
    }
  }
}
