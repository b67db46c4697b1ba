package dev.memoryconsole.store.query;

/** Ignores the case of ASCII letters, and of no others, as SQLite does. */
public final class AsciiCase {
  private AsciiCase() {}

  /** The text with small letters in the place of capitals; as long as before. */
  public static String folded(String text) {
    StringBuilder folded = null;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit >= 'A' && unit <= 'Z') {
        if (folded == null) {
          folded = new StringBuilder(text);
        }
        folded.setCharAt(i, (char) (unit + ('a' - 'A')));
      }
    }
    return folded == null ? text : folded.toString();
  }
}
