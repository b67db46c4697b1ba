package dev.memoryconsole.store.query;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as JSON writes them, which SQLite and Java read alike. */
public final class Numbers {
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9]\\d{0,300})(?:\\.\\d{1,300})?(?:[eE][+-]?\\d{1,3})?");

  private Numbers() {}

  /** The number; empty if the text is none. */
  public static OptionalDouble of(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return OptionalDouble.empty();
    }
    double number = Double.parseDouble(text);
    return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
  }
}
