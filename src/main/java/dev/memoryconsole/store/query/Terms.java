package dev.memoryconsole.store.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what was typed into its parts. Spaces separate them; a quotation mark at the beginning of a
 * part or of a value keeps spaces and commas together, and {@code \} keeps the character behind it
 * from meaning anything there. Everywhere else every character is one of a word.
 */
final class Terms {
  private static final char QUOTE = '"';

  private final String text;
  private final List<Term> terms = new ArrayList<>();
  private int at;
  private boolean closed = true;

  private Terms(String text) {
    this.text = text;
  }

  static List<Term> of(String text) {
    Terms terms = new Terms(text);
    terms.read();
    return terms.terms;
  }

  private void read() {
    while (at < text.length()) {
      if (isSpace(text.charAt(at))) {
        at++;
        continue;
      }
      closed = true;
      int from = at;
      String key = key();
      if (key != null) {
        Comparison comparison = QueryKeys.compares(key) ? comparison() : Comparison.EQUAL;
        add(from, key, comparison, values());
      } else if (text.charAt(at) == QUOTE) {
        add(from, null, Comparison.EQUAL, List.of(quoted()));
      } else {
        add(from, null, Comparison.EQUAL, List.of(until(false)));
      }
    }
  }

  private void add(int from, @Nullable String key, Comparison comparison, List<String> values) {
    terms.add(new Term(from, at, key, comparison, values, closed));
  }

  /** Reads a key that is known, and its colon; otherwise nothing. */
  private @Nullable String key() {
    int end = at;
    while (end < text.length() && !isSpace(text.charAt(end)) && text.charAt(end) != QUOTE) {
      if (text.charAt(end) == ':') {
        String key = QueryKeys.named(text.substring(at, end));
        if (key != null) {
          at = end + 1;
        }
        return key;
      }
      end++;
    }
    return null;
  }

  private Comparison comparison() {
    // The longer ones first.
    for (Comparison each :
        List.of(
            Comparison.AT_LEAST,
            Comparison.AT_MOST,
            Comparison.MORE,
            Comparison.LESS,
            Comparison.EQUAL)) {
      if (text.startsWith(each.symbol(), at)) {
        at += each.symbol().length();
        return each;
      }
    }
    return Comparison.EQUAL;
  }

  private List<String> values() {
    List<String> values = new ArrayList<>();
    boolean more = at < text.length() && !isSpace(text.charAt(at));
    while (more) {
      boolean inQuotes = at < text.length() && text.charAt(at) == QUOTE;
      String value = inQuotes ? quoted() : until(true);
      // An empty one is meant only in quotes.
      if (inQuotes || !value.isEmpty()) {
        values.add(value);
      }
      more = at < text.length() && text.charAt(at) == ',';
      if (more) {
        at++;
      }
    }
    return values;
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != QUOTE) {
      boolean escaping =
          text.charAt(at) == '\\'
              && at + 1 < text.length()
              && (text.charAt(at + 1) == QUOTE || text.charAt(at + 1) == '\\');
      value.append(text.charAt(escaping ? at + 1 : at));
      at += escaping ? 2 : 1;
    }
    closed = at < text.length();
    at = Math.min(at + 1, text.length());
    return value.toString();
  }

  private String until(boolean comma) {
    int from = at;
    while (at < text.length() && !isSpace(text.charAt(at)) && !(comma && text.charAt(at) == ',')) {
      at++;
    }
    return text.substring(from, at);
  }

  /** What no store finds within a word: spaces of every kind, and what can't be seen. */
  static boolean isSpace(char unit) {
    return Character.isWhitespace(unit) || Character.isSpaceChar(unit) || unit < ' ';
  }
}
