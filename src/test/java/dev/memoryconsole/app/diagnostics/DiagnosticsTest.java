package dev.memoryconsole.app.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Preset;
import dev.memoryconsole.settings.Settings;
import dev.memoryconsole.settings.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A report of a fault helps whoever reads it and gives nothing away. */
class DiagnosticsTest {
  private static final String KEY = "sk-proj-Zq81mKx0vTtYw3LbNn55RrQq";
  // As plain as a password may be: nothing but its place tells that it is one.
  private static final String PLAIN = "orange house";

  @TempDir private Path folder;

  @Test
  void itSaysWhatRunsWhereAndHow() {
    String report = report("2026-11-28 INFO Ready");
    assertThat(report)
        .contains("# Memory Console ", "Java: ", "System: ", "Kind: none")
        .contains("Endpoint: models.example", "Key: variable", "2026-11-28 INFO Ready");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "401 for key %s",
        "Authorization: Bearer %s",
        "{\"x-api-key\":\"%s\"}",
        "GET https://models.example/v1/models?key=%s&a=b failed",
        "GET https://admin:%s@models.example/v1 failed",
        "redis://:%s@cache:6379 refused",
        "password=%s",
        "api_key: '%s'",
        "the answer was %s%s",
        "C:\\keys\\%s.txt not found",
        "MODEL_KEY=%s",
      })
  void aKeyIsNowhereInIt(String line) {
    assertThat(report(line.replace("%s", KEY))).doesNotContain(KEY).doesNotContain("Zq81mKx0");
    assertThat(report(line.replace("%s", PLAIN))).doesNotContain(PLAIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the server refused green table",
        "connecting with password=blue7 user=ada",
        "{\"token\": \"blue7 or so\"}",
        "secret: 'blue7'",
      })
  void noOtherSecretOfThisMachineIsInIt(String line) {
    assertThat(report(line)).doesNotContain("green table").doesNotContain("blue7");
  }

  @Test
  void aKeyInEverySettingIsNowhereInIt() {
    Settings settings =
        Settings.DEFAULT
            .withRecent("/stores/" + KEY + ".db")
            .withModel(
                ModelSettings.of(Preset.OPENAI)
                    .with(
                        "https://models.example/" + KEY, KEY, KeySource.ofEnvironment("MODEL_KEY"))
                    .withCaFile("/certificates/" + KEY));
    assertThat(diagnostics().report(settings, null)).doesNotContain("Zq81mKx0");
  }

  @Test
  void nobodysNameIsInIt() {
    assertThat(
            report(
                "/home/maya/stores/a.db, /Users/Maya/x, C:\\Users\\maya\\b, "
                    + System.getProperty("user.home")
                    + "/c, maya@example.org"))
        .doesNotContainIgnoringCase("maya")
        .contains("~/c");
  }

  private Diagnostics diagnostics() {
    return new Diagnostics(
        new Workspace(folder),
        Map.of("MODEL_KEY", PLAIN, "PGPASSWORD", "green table", "HOME", "/home/x"));
  }

  private String report(String logLine) {
    try {
      Path log = new Workspace(folder).logs().resolve("memory-console.log");
      Files.createDirectories(log.getParent());
      Files.write(log, List.of("an earlier line", logLine, "a later line"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Settings settings =
        Settings.DEFAULT.withModel(
            ModelSettings.of(Preset.OPENAI)
                .with("https://models.example/v1", "small", KeySource.ofEnvironment("MODEL_KEY")));
    String report = diagnostics().report(settings, null);
    assertThat(report).contains("an earlier line", "a later line");
    return report;
  }
}
