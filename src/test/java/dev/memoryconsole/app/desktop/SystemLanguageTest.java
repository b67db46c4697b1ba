package dev.memoryconsole.app.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SystemLanguageTest {
  @Test
  void aLocaleThatLinuxHasNotGeneratedIsSpokenAllTheSame() {
    assertThat(linux(Locale.US, Map.of("LANG", "zh_CN.UTF-8"))).isEqualTo(Locale.CHINA);
    assertThat(linux(Locale.US, Map.of("LC_ALL", "", "LC_MESSAGES", "zh_CN", "LANG", "C")))
        .isEqualTo(Locale.CHINA);
  }

  @Test
  void theStrongestVariableDecides() {
    assertThat(linux(Locale.US, Map.of("LC_ALL", "en_GB.UTF-8", "LANG", "zh_CN.UTF-8")))
        .isEqualTo(Locale.UK);
  }

  @Test
  void whereNothingIsToldJavaIsRight() {
    assertThat(linux(Locale.US, Map.of())).isEqualTo(Locale.US);
    assertThat(linux(Locale.US, Map.of("LANG", "C.UTF-8"))).isEqualTo(Locale.US);
    assertThat(linux(Locale.US, Map.of("LANG", "§§"))).isEqualTo(Locale.US);
    assertThat(linux(Locale.CHINA, Map.of("LANG", "en_US.UTF-8"))).isEqualTo(Locale.CHINA);
    assertThat(SystemLanguage.of(Locale.US, "Windows 11", Map.of("LANG", "zh_CN")))
        .isEqualTo(Locale.US);
  }

  private static Locale linux(Locale java, Map<String, String> environment) {
    return SystemLanguage.of(java, "Linux", environment);
  }
}
