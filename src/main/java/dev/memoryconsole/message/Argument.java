package dev.memoryconsole.message;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The types that an argument of a message may have. */
public enum Argument {
  /** A name, or words of others; a path is taken as its text. */
  TEXT,
  /** A whole number. */
  NUMBER,
  /** A number with a fraction. */
  DECIMAL,
  /** How long. */
  DURATION,
  /** When. */
  INSTANT,
  /** Another message, as a part of this one. */
  MESSAGE,
  /** A list of texts; one alone is taken as a list of it. */
  TEXTS;

  /**
   * The value in the form a message keeps.
   *
   * @throws IllegalArgumentException if it is of another type
   */
  Object of(Object value) {
    return switch (this) {
      case TEXT -> value instanceof Path path ? path.toString() : required(String.class, value);
      case NUMBER ->
          value instanceof Integer number ? number.longValue() : required(Long.class, value);
      case DECIMAL ->
          value instanceof Float number ? number.doubleValue() : required(Double.class, value);
      case DURATION -> required(Duration.class, value);
      case INSTANT -> required(Instant.class, value);
      case MESSAGE -> required(Message.class, value);
      case TEXTS -> texts(value);
    };
  }

  private List<String> texts(Object value) {
    return value instanceof List<?> texts
        ? texts.stream().map(text -> required(String.class, text)).toList()
        : List.of(required(String.class, value));
  }

  private <T> T required(Class<T> type, Object value) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(this + " is wanted, not " + value.getClass());
    }
    return type.cast(value);
  }
}
