package dev.memoryconsole.store.postgres.table;

import dev.memoryconsole.memory.MetadataJson;
import org.jspecify.annotations.Nullable;

/** What the server's types can hold. Stateless. */
public final class StorableText {
  private static final int HEX_DIGITS = 4;
  private static final int HEX = 16;

  private StorableText() {}

  /** Whether a text has only characters that UTF-8 and the server know: no NUL, no half of one. */
  public static boolean isStorable(@Nullable String text) {
    if (text == null) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == 0) {
        return false;
      }
      if (Character.isSurrogate(unit)) {
        if (!Character.isHighSurrogate(unit)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /**
   * Whether a text is JSON.
   *
   * @param asValues whether its values must be ones that can be stored, too
   */
  static boolean isJson(String text, boolean asValues) {
    return MetadataJson.isJson(text) && !(asValues && hasUnstorableEscape(text));
  }

  /** Whether an escape in a text of JSON is of a NUL or of half a character. */
  private static boolean hasUnstorableEscape(String json) {
    // Asked of each row while it is locked: one look at the text, and none where nothing is
    // escaped.
    int at = json.indexOf('\\');
    while (at >= 0) {
      int next = at + 2;
      if (json.charAt(at + 1) == 'u') {
        char unit = unit(json, next);
        next += HEX_DIGITS;
        if (Character.isHighSurrogate(unit)
            && json.startsWith("\\u", next)
            && Character.isLowSurrogate(unit(json, next + 2))) {
          next += 2 + HEX_DIGITS;
        } else if (unit == 0 || Character.isSurrogate(unit)) {
          return true;
        }
      }
      at = json.indexOf('\\', next);
    }
    return false;
  }

  private static char unit(String json, int at) {
    return (char) Integer.parseInt(json, at, at + HEX_DIGITS, HEX);
  }
}
