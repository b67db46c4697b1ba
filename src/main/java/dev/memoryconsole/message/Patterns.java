package dev.memoryconsole.message;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Words in files, one for each language: those of messages and those of the window. Stateless. */
public final class Patterns {
  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private Patterns() {}

  /**
   * The bundle in this language if there is a file for it, in English otherwise.
   *
   * @throws java.util.MissingResourceException if there is no such bundle
   */
  public static ResourceBundle bundle(String name, Locale locale) {
    Locale file =
        locale.getLanguage().equals(Locale.CHINESE.getLanguage())
            ? Locale.SIMPLIFIED_CHINESE
            : locale;
    return ResourceBundle.getBundle(name, file, NO_FALLBACK);
  }

  /** The format of a pattern, in which an apostrophe is an apostrophe. */
  public static MessageFormat format(String pattern, Locale locale) {
    return new MessageFormat(pattern.replace("'", "''"), locale);
  }
}
