package dev.memoryconsole.enrich.llm;

/** A short piece of what came back, for a sentence. */
final class Preview {
  private static final int LENGTH = 120;

  private Preview() {}

  /** At most {@value #LENGTH} characters on one line. */
  static String of(String text) {
    String head = text.length() > 4 * LENGTH ? text.substring(0, 4 * LENGTH) : text;
    String line = head.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    if (line.length() <= LENGTH && head.length() == text.length()) {
      return line;
    }
    int end = Math.min(LENGTH, line.length());
    if (end > 0 && Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end) + "…";
  }
}
