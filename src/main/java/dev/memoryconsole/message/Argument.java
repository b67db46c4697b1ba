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
  TEXTS,
  /** A list of other messages, as parts of this one. */
  MESSAGES;

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
      case MESSAGES -> all(Message.class, required(List.class, value));
    };
  }

  private List<String> texts(Object value) {
    return value instanceof List<?> texts
        ? all(String.class, texts)
        : List.of(required(String.class, value));
  }

  private <T> List<T> all(Class<T> type, List<?> values) {
    return values.stream().map(value -> required(type, value)).toList();
  }

  private <T> T required(Class<T> type, Object value) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(this + " is wanted, not " + value.getClass());
    }
    return type.cast(value);
  }
}
