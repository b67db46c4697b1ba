package dev.memoryconsole.ui.common.text;

import dev.memoryconsole.message.Coded;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Patterns;
import dev.memoryconsole.message.Wording;
import java.util.Locale;
import java.util.ResourceBundle;

/** The window's words in one language. Thread-safe. */
public final class Messages {
  private static final String BUNDLE = "dev.memoryconsole.ui.messages";

  private final ResourceBundle bundle;
  private final Locale locale;
  private final Numbers numbers;

  private Messages(ResourceBundle bundle, Locale locale) {
    this.bundle = bundle;
    this.locale = locale;
    this.numbers = new Numbers(locale);
  }

  /** In this language if there is a file for it, in English otherwise. */
  public static Messages of(Locale locale) {
    return new Messages(Patterns.bundle(BUNDLE, locale), locale);
  }

  /** The words under a key; {@code {0}} and so on stand for the arguments. */
  public String get(String key, Object... arguments) {
    String pattern = bundle.getString(key);
    return arguments.length == 0 ? pattern : Patterns.format(pattern, locale).format(arguments);
  }

  /** The words of what another room has to say. */
  public String words(Message message) {
    return Wording.in(locale).of(message);
  }

  /**
   * What went wrong, one sentence. The application's own exceptions carry theirs; any other is in
   * the log only, and the sentence says so.
   */
  public String sentence(Throwable problem) {
    boolean ours = problem.getClass().getPackageName().startsWith("dev.memoryconsole");
    return ours && problem.getMessage() != null
        ? words(Coded.message(problem))
        : get("error.unexpected");
  }

  /** For FXML. */
  public ResourceBundle bundle() {
    return bundle;
  }

  /** Numbers and dates, by the customs that go with the language. */
  public Numbers numbers() {
    return numbers;
  }

  /** The language, with the customs of its place. */
  public Locale locale() {
    return locale;
  }
}
