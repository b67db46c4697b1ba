package dev.memoryconsole.memory;

/** Strings as JavaScript treats them, where the stored form depends on it. */
final class JsText {
  private JsText() {}

  /** {@code String.prototype.trim}: white space, line terminators and the byte order mark. */
  static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Whether nothing is left after {@link #trim}. */
  static boolean isBlank(String text) {
    return trim(text).isEmpty();
  }

  /** {@code replace(/\s+/g, " ")}. */
  static String foldSpaces(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    boolean space = false;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (!isSpace(unit)) {
        folded.append(unit);
        space = false;
      } else if (!space) {
        folded.append(' ');
        space = true;
      }
    }
    return folded.toString();
  }

  /** What {@code .} in a regular expression does not match. */
  static boolean isLineTerminator(char unit) {
    return unit == '\n' || unit == '\r' || unit == '\u2028' || unit == '\u2029';
  }

  /** What {@code \s} matches. */
  private static boolean isSpace(char unit) {
    return (unit >= '\t' && unit <= '\r')
        || unit == '\u00a0'
        || unit == '\ufeff'
        || isLineTerminator(unit)
        || Character.getType(unit) == Character.SPACE_SEPARATOR;
  }
}
