package dev.memoryconsole.ui.common;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The window's words in one language. Thread-safe. */
public final class Messages {
  private static final String BUNDLE = "dev.memoryconsole.ui.messages";

  private final ResourceBundle bundle;
  private final Locale locale;

  private Messages(ResourceBundle bundle, Locale locale) {
    this.bundle = bundle;
    this.locale = locale;
  }

  /** In this language if there is a file for it, in English otherwise. */
  public static Messages of(Locale locale) {
    Locale file =
        locale.getLanguage().equals(Locale.CHINESE.getLanguage())
            ? Locale.SIMPLIFIED_CHINESE
            : locale;
    ResourceBundle.Control noFallback =
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    return new Messages(ResourceBundle.getBundle(BUNDLE, file, noFallback), locale);
  }

  /** The words under a key; {@code {0}} and so on stand for the arguments. */
  public String get(String key, Object... arguments) {
    String pattern = bundle.getString(key);
    return arguments.length == 0 ? pattern : new MessageFormat(pattern, locale).format(arguments);
  }

  /** For FXML. */
  public ResourceBundle bundle() {
    return bundle;
  }

  /** For numbers and dates. */
  public Locale locale() {
    return locale;
  }
}
