package dev.memoryconsole.store.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

  /** The number that a value of JSON is, or holds as a text; empty if it is none. */
  public static OptionalDouble in(@Nullable JsonNode value) {
    if (value == null) {
      return OptionalDouble.empty();
    }
    return value.isNumber()
        ? OptionalDouble.of(value.doubleValue())
        : value.isTextual() ? of(value.textValue()) : OptionalDouble.empty();
  }
}
