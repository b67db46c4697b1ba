package dev.memoryconsole.cli;

import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.SimpleEnricher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Commands over a real store in a folder of its own. */
abstract class CommandLineTestBase {
  @TempDir Path folder;
  Path store;
  Enricher enricher = new SimpleEnricher();

  @BeforeEach
  void nameStore() {
    store = folder.resolve("store.db");
  }

  /** The real export. */
  final Path export() throws IOException {
    Path export = folder.resolve("plugin-export.json");
    try (InputStream in =
        Objects.requireNonNull(
            CommandLineTestBase.class.getResourceAsStream(
                "/dev/memoryconsole/exchange/plugin-export.json"))) {
      Files.copy(in, export, StandardCopyOption.REPLACE_EXISTING);
    }
    return export;
  }

  final void importExport() throws IOException {
    run("import STORE %s", export()).isDone();
  }

  /**
   * Runs a command line.
   *
   * @param line its words; STORE stands for the store, and %s for the next of the others
   * @param others words that may have spaces in them
   */
  final Answer run(String line, Object... others) {
    Iterator<Object> next = List.of(others).iterator();
    return Answer.of(
        folder,
        enricher,
        Stream.of(line.split(" ", -1))
            .map(word -> word.equals("STORE") ? store : word.equals("%s") ? next.next() : word)
            .map(Object::toString)
            .toArray(String[]::new));
  }
}
