package dev.memoryconsole.settings.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class LanguageTest {
  @Test
  void theSystemsLanguageIsSpokenWithItsRegionsCustoms() {
    assertThat(Language.locale(null, Locale.CHINA, Locale.CHINA)).isEqualTo(Locale.CHINA);
    assertThat(Language.locale(null, Locale.UK, Locale.UK)).isEqualTo(Locale.UK);
    assertThat(Language.locale(null, Locale.US, Locale.UK)).isEqualTo(Locale.UK);
  }

  @Test
  void aLanguageNobodyTranslatedIsEnglishInItsDatesToo() {
    assertThat(Language.locale(null, Locale.FRANCE, Locale.FRANCE)).isEqualTo(Locale.ENGLISH);
  }

  @Test
  void aChosenLanguageBringsItsOwnCustoms() {
    assertThat(Language.locale(Language.CHINESE, Locale.UK, Locale.UK))
        .isEqualTo(Locale.SIMPLIFIED_CHINESE);
    assertThat(Language.locale(Language.ENGLISH, Locale.CHINA, Locale.CHINA))
        .isEqualTo(Locale.ENGLISH);
  }

  @Test
  void wordsAreNeverMixedWithAnotherLanguagesDates() {
    assertThat(Language.locale(null, Locale.CHINA, Locale.US)).isEqualTo(Locale.CHINA);
    assertThat(Language.locale(null, Locale.US, Locale.CHINA)).isEqualTo(Locale.US);
  }
}
