package dev.memoryconsole.ui.help;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The guide, as it comes with the program. */
final class Guide {
  /** Where a chapter does not lead anywhere: the guide's beginning. */
  static final String BEGINNING = "";

  private static final String FILE = "/dev/memoryconsole/help/guide";
  private static final String WELCOME = "first-steps";
  private static final Map<String, String> CHAPTERS =
      Map.of(
          "memories", "memories",
          "runs", "runs",
          "overview", "overview",
          "locks", "see-the-lock",
          "checkup", "check-up",
          "settings", "settings");

  private Guide() {}

  /**
   * Its text in a language, or in English. Reads the program's own file: not on the user
   * interface's thread.
   */
  static String text(Locale locale) throws IOException {
    String language =
        locale.getLanguage().equals(Locale.CHINESE.getLanguage()) ? "_zh_CN.md" : ".md";
    String file = FILE + language;
    try (InputStream in =
        Objects.requireNonNull(Guide.class.getResourceAsStream(file), "missing resource " + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * The chapter about a screen.
   *
   * @param screen its id; null if none is shown
   * @param open whether a store is open
   */
  static String chapter(@Nullable String screen, boolean open) {
    if (screen == null) {
      return BEGINNING;
    }
    // Without a store there is the welcome in the place of what is in one.
    boolean welcome = !open && !screen.equals("settings");
    return welcome ? WELCOME : CHAPTERS.getOrDefault(screen, BEGINNING);
  }
}
