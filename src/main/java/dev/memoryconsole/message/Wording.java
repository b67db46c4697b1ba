package dev.memoryconsole.message;

import java.math.RoundingMode;
import java.text.ChoiceFormat;
import java.text.Format;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages into words of one language, from the bundles beside this class. Never fails: a code
 * of a newer program becomes its arguments. Immutable.
 */
public final class Wording {
  private static final String BUNDLES = "dev.memoryconsole.message.";
  private static final String OWN = "wording";

  /** In English, as the command line, logs and exceptions say it. */
  public static final Wording ENGLISH = new Wording(Locale.ENGLISH);

  private final Locale locale;

  private Wording(Locale locale) {
    this.locale = locale;
  }

  /** In this language, or in English if there are no words of it. */
  public static Wording in(Locale locale) {
    return new Wording(locale);
  }

  /** The words of a message. */
  public String of(Message message) {
    List<Object> arguments = message.arguments();
    return switch (message.code()) {
      case Message.VERBATIM -> String.valueOf(arguments.getFirst());
      case Message.SENTENCES -> joined(arguments);
      default -> worded(message.code(), arguments);
    };
  }

  private String worded(String code, List<Object> arguments) {
    try {
      int dot = code.indexOf('.');
      String pattern = pattern(code.substring(0, Math.max(0, dot)), code.substring(dot + 1));
      MessageFormat format = Patterns.format(pattern, locale);
      Format[] formats = format.getFormatsByArgumentIndex();
      roundAsPrintfDoes(format.getFormats());
      Object[] words = new Object[arguments.size()];
      for (int i = 0; i < words.length; i++) {
        boolean plain = i >= formats.length || formats[i] == null;
        words[i] = plain ? word(arguments.get(i)) : number(arguments.get(i));
      }
      return format.format(words);
    } catch (MissingResourceException | IllegalArgumentException unknown) {
      return arguments.isEmpty() ? code : joined(arguments);
    }
  }

  private static void roundAsPrintfDoes(@Nullable Format[] formats) {
    for (Format each : formats) {
      if (each instanceof NumberFormat number && !(each instanceof ChoiceFormat)) {
        number.setRoundingMode(RoundingMode.HALF_UP);
      }
    }
  }

  private String pattern(String bundle, String key) {
    return Patterns.bundle(BUNDLES + bundle, locale).getString(key);
  }

  private String joined(List<Object> arguments) {
    return arguments.stream()
        .map(this::word)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(pattern(OWN, "betweenSentences")));
  }

  /** What a plain place in a pattern shows. */
  private String word(Object argument) {
    return switch (argument) {
      case Message message -> of(message);
      case Duration duration -> seconds(duration);
      case List<?> parts ->
          parts.stream().map(this::word).collect(Collectors.joining(pattern(OWN, "betweenTexts")));
      default -> argument.toString();
    };
  }

  /** What a place with a format of its own gets. */
  private Object number(Object argument) {
    return argument instanceof Duration duration ? duration.toNanos() / 1e9 : argument;
  }

  /** Whole seconds, or one decimal below ten. */
  private String seconds(Duration duration) {
    long millis = duration.toMillis();
    return worded(
        millis % 1_000 == 0 || millis >= 10_000 ? "wording.seconds" : "wording.tenths",
        List.of(millis / 1_000.0));
  }
}
