package dev.memoryconsole.memory;

/** Three layers without a model: the first sentence, a bullet of it, and the text. */
public final class SimpleEnrichment {
  private static final String STOPS = ".!?。！？";
  private static final int ABSTRACT_UNITS = 100;

  private SimpleEnrichment() {}

  /** The simple enrichment of a text; the category is left to the old column. */
  public static Enrichment of(String text) {
    String trimmed = JsText.trim(text);
    String line = JsText.trim(cut(firstSentence(trimmed)));
    return new Enrichment(line, "- " + line, text, null);
  }

  /** What {@code /^[^.!?。！？\n]+[.!?。！？]?/} finds, else the text. */
  private static String firstSentence(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) != '\n' && !isStop(text.charAt(end))) {
      end++;
    }
    if (end == 0) {
      return text;
    }
    boolean stopped = end < text.length() && isStop(text.charAt(end));
    return text.substring(0, stopped ? end + 1 : end);
  }

  private static boolean isStop(char unit) {
    return STOPS.indexOf(unit) >= 0;
  }

  private static String cut(String line) {
    if (line.length() <= ABSTRACT_UNITS) {
      return line;
    }
    // Half of a surrogate pair would be no character.
    int end =
        Character.isHighSurrogate(line.charAt(ABSTRACT_UNITS - 1))
                && Character.isLowSurrogate(line.charAt(ABSTRACT_UNITS))
            ? ABSTRACT_UNITS - 1
            : ABSTRACT_UNITS;
    return line.substring(0, end);
  }
}
