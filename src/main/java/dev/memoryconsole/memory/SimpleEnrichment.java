package dev.memoryconsole.memory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Three layers without a model: the first sentence, a bullet of it, and the text. */
public final class SimpleEnrichment {
  private static final Pattern FIRST_SENTENCE = Pattern.compile("^[^.!?。！？\\n]+[.!?。！？]?");
  private static final int ABSTRACT_UNITS = 100;

  private SimpleEnrichment() {}

  /** The simple enrichment of a text; the category is left to the old column. */
  public static Enrichment of(String text) {
    String trimmed = JsText.trim(text);
    Matcher sentence = FIRST_SENTENCE.matcher(trimmed);
    String line = JsText.trim(cut(sentence.find() ? sentence.group() : trimmed));
    return new Enrichment(line, "- " + line, text, null);
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
