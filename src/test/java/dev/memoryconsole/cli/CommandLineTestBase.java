package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.SimpleEnricher;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Commands over a real store, from the real export. */
abstract class CommandLineTestBase {
  @TempDir Path folder;
  Path store;
  Path export;
  Enricher enricher = new SimpleEnricher();

  @BeforeEach
  void copyExport() throws Exception {
    store = folder.resolve("store.db");
    export = folder.resolve("plugin-export.json");
    try (InputStream in =
        Objects.requireNonNull(
            CommandLineTestBase.class.getResourceAsStream(
                "/dev/memoryconsole/exchange/plugin-export.json"))) {
      Files.copy(in, export);
    }
  }

  Answer run(String... arguments) {
    return Answer.of(folder, enricher, arguments);
  }

  void importExport() {
    assertThat(run("import", store.toString(), export.toString()).code()).isZero();
  }
}
