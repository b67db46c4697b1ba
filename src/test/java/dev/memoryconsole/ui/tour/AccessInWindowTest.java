package dev.memoryconsole.ui.tour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.settings.look.Theme;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everybody can use every place: by keyboard, by ear, and with eyes that need contrast. */
class AccessInWindowTest extends EveryPlace {
  @ParameterizedTest
  @ValueSource(strings = {"en", "zh-CN"})
  @Tag("long")
  void everybodyCanUseEveryPlace(String language) throws Exception {
    Access access = new Access(this);
    visit(memories(), Locale.forLanguageTag(language), Theme.LIGHT, 1280, 780, access);
    assertThat(access.faults()).as("%s", String.join("\n", access.faults())).isEmpty();
  }
}
