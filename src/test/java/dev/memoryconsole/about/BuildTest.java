package dev.memoryconsole.about;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.StringReader;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BuildTest {
  private static Build of(String... pairs) {
    Properties properties = new Properties();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.setProperty(pairs[i], pairs[i + 1]);
    }
    return Build.of(properties);
  }

  @Test
  void aBuildTellsItsVersionDayAndCommit() {
    assertThat(
            of(
                    "git.build.version", "1.0.0",
                    "git.commit.id.abbrev", "64f0a05",
                    "git.commit.time", "2026-11-28",
                    "git.dirty", "false")
                .line())
        .isEqualTo("Memory Console 1.0.0 (2026-11-28, 64f0a05)");
    assertThat(
            of(
                    "git.build.version", "1.0.0",
                    "git.commit.id.abbrev", "64f0a05",
                    "git.commit.time", "2026-11-28",
                    "git.dirty", "true")
                .line())
        .isEqualTo("Memory Console 1.0.0 (2026-11-28, 64f0a05-dirty)");
  }

  @Test
  void sourcesWithoutARepositoryHaveAVersionAlone() {
    assertThat(of("git.build.version", "1.0.0", "git.commit.id.abbrev", "").line())
        .isEqualTo("Memory Console 1.0.0");
    assertThat(of().line()).startsWith("Memory Console ");
  }

  @Test
  void whatIsInsideIsReadWithItsLicences() throws Exception {
    String text = "Logback 1.5 (a:b)\n  EPL-1.0, LGPL-2.1\nPicocli 4.7 (c:d)\n  Apache-2.0\n";
    assertThat(ThirdParty.read(new BufferedReader(new StringReader(text))))
        .containsExactly(
            new ThirdParty("Logback 1.5 (a:b)", "EPL-1.0, LGPL-2.1"),
            new ThirdParty("Picocli 4.7 (c:d)", "Apache-2.0"));
  }
}
