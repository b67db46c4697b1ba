package dev.memoryconsole.store.postgres.table;

import dev.memoryconsole.memory.MetadataJson;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the server's types can hold. Stateless. */
public final class StorableText {
  private static final Pattern NUL_ESCAPED = Pattern.compile("(?<!\\\\)(\\\\\\\\)*\\\\u0000");
  private static final Pattern PAIR_ESCAPED =
      Pattern.compile("(?i)\\\\ud[89ab][0-9a-f]{2}\\\\ud[c-f][0-9a-f]{2}");
  private static final Pattern HALF_ESCAPED =
      Pattern.compile("(?<!\\\\)(\\\\\\\\)*\\\\u[dD][89a-fA-F]");

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
    return MetadataJson.isJson(text)
        && !(asValues
            && (NUL_ESCAPED.matcher(text).find()
                || HALF_ESCAPED.matcher(PAIR_ESCAPED.matcher(text).replaceAll("")).find()));
  }
}
