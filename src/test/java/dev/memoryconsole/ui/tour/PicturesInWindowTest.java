package dev.memoryconsole.ui.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.testing.ManyRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every place looks as it did, over a large store, and nothing leaves the window; the first places,
 * over a small one, with every build.
 */
class PicturesInWindowTest extends EveryPlace {
  private static final int MANY = 100_000;
  private static final int WORDS = 8;
  // JavaFX without a display paints no window that is 1,600 wide and reaches below this.
  private static final int TALLEST = 990;

  @TempDir static Path shared;

  @Test
  void theFirstPlacesLookAsTheyDid() throws Exception {
    Layout layout = new Layout(this);
    Gallery gallery = new Gallery(this, "en-first", layout);
    begin(memories(), Locale.ENGLISH, Theme.LIGHT, 900, 560, gallery);
    check(layout, gallery);
  }

  @Test
  @Tag("long")
  void everyPlaceLooksAsItDid() throws Exception {
    Layout layout = new Layout(this);
    Gallery gallery = new Gallery(this, "en-small", layout);
    visit(copy(), Locale.ENGLISH, Theme.LIGHT, 900, 560, gallery);
    check(layout, gallery);
  }

  @Test
  @Tag("long")
  void everyPlaceLooksAsItDidInChineseAndInALargeWindow() throws Exception {
    Layout layout = new Layout(this);
    Gallery gallery = new Gallery(this, "zh-large", layout);
    visit(copy(), Locale.SIMPLIFIED_CHINESE, Theme.LIGHT, 1_600, TALLEST, gallery);
    check(layout, gallery);
  }

  private static void check(Layout layout, Gallery gallery) throws Exception {
    assertThat(layout.faults()).isEmpty();
    assumeThat(gallery.fonts(false))
        .as("Not compared: the pictures were accepted with other fonts")
        .isEqualTo(gallery.fonts(true));
    assertThat(gallery.faults()).as("%s", String.join("\n", gallery.faults())).isEmpty();
  }

  /** Copies a store of {@value #MANY} memories, made once for all tests. */
  private Path copy() throws Exception {
    Path made = shared.resolve("large.db");
    if (!Files.exists(made)) {
      ManyRows.fill(made, MANY, WORDS);
    }
    return Files.copy(made, folder.resolve("agent-main.db"));
  }
}
