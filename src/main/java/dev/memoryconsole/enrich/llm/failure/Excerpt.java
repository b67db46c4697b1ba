package dev.memoryconsole.enrich.llm.failure;

import java.util.regex.Pattern;

/** A short piece of what came back, for a sentence. Stateless. */
public final class Excerpt {
  private static final int LENGTH = 240;
  // Escape sequences go whole: without their first character the rest would stand there as text.
  private static final Pattern ESCAPE =
      Pattern.compile("\\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)?|.)?");
  // White space and everything that steers a terminal or turns the direction of writing.
  private static final Pattern UNSEEN =
      Pattern.compile(
          "[\\s\\p{Cc}\\p{Zl}\\p{Zp}\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]+");

  private Excerpt() {}

  /** At most {@value #LENGTH} characters on one line. */
  public static String of(String text) {
    String head = text.length() > 4 * LENGTH ? text.substring(0, 4 * LENGTH) : text;
    String line = line(head);
    if (line.length() <= LENGTH && head.length() == text.length()) {
      return line;
    }
    int end = Math.min(LENGTH, line.length());
    if (end > 0 && Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end) + "…";
  }

  /** All of it on one line, with nothing in it that a terminal would obey. */
  public static String line(String text) {
    return UNSEEN.matcher(ESCAPE.matcher(text).replaceAll("")).replaceAll(" ").strip();
  }
}
