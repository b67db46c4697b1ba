package dev.memoryconsole.ui.tour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.ui.Pictures;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large text in the smallest window, on every screen; it goes to more than a hundred places. */
@Tag("long")
class LargeTextInWindowTest extends EveryPlace {
  private static final double WIDTH = 900;
  private static final double HEIGHT = 560;

  @ParameterizedTest
  @CsvSource({
    "en, 100, DARK",
    "en, 150, LIGHT",
    "en, 200, DARK",
    "zh-CN, 100, LIGHT",
    "zh-CN, 150, DARK",
    "zh-CN, 200, LIGHT"
  })
  void nothingLeavesTheWindow(String language, int percent, Theme theme) throws Exception {
    appearance = Appearance.USUAL.withTextSize(percent);
    Layout layout = new Layout(this);
    visit(
        memories(),
        Locale.forLanguageTag(language),
        theme,
        WIDTH,
        HEIGHT,
        place -> {
          Pictures.shoot(stage, "73-text-%s-%d-%s".formatted(language, percent, place));
          layout.at(place);
        });
    assertThat(layout.faults()).as("%s", String.join("\n", layout.faults())).isEmpty();
  }
}
