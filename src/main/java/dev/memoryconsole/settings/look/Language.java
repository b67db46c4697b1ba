package dev.memoryconsole.settings.look;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages the window speaks. */
public enum Language {
  ENGLISH(Locale.ENGLISH, "English"),
  CHINESE(Locale.SIMPLIFIED_CHINESE, "简体中文");

  private final Locale locale;
  private final String ownName;

  Language(Locale locale, String ownName) {
    this.locale = locale;
    this.ownName = ownName;
  }

  /** Its name in itself, which who speaks it finds in a window of another language. */
  public String ownName() {
    return ownName;
  }

  /**
   * The locale of the window's words, dates and numbers: the system's where it speaks the wanted
   * language, so that its region's customs are kept, and the language's own otherwise.
   *
   * @param wanted null for the system's language, or English if the window does not speak that
   * @param system of the system's words
   * @param formats of the system's dates and numbers
   */
  public static Locale locale(@Nullable Language wanted, Locale system, Locale formats) {
    Language language = wanted == null ? of(system) : wanted;
    if (language.isOf(formats)) {
      return formats;
    }
    return language.isOf(system) ? system : language.locale;
  }

  private static Language of(Locale locale) {
    return CHINESE.isOf(locale) ? CHINESE : ENGLISH;
  }

  private boolean isOf(Locale other) {
    return other.getLanguage().equals(locale.getLanguage());
  }
}
