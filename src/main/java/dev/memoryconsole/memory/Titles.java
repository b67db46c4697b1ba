package dev.memoryconsole.memory;

/** A memory's text as one short line. */
public final class Titles {
  private static final int CODE_POINTS = 120;

  private Titles() {}

  /** The beginning of a text, white space folded, at most 120 characters and an ellipsis. */
  public static String of(String text) {
    String head = text.substring(0, Math.min(text.length(), CODE_POINTS * 4));
    String line = JsText.trim(JsText.foldSpaces(head));
    if (line.codePointCount(0, line.length()) <= CODE_POINTS) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, CODE_POINTS)) + "…";
  }
}
