package dev.memoryconsole.ui.palette;

import java.util.Locale;
import java.util.OptionalInt;

/** Tells how well a name matches what was typed. Stateless. */
final class Matches {
  private static final int WORD_BEGINS = 0;
  private static final int CONTAINED = 1;
  private static final int LETTERS_IN_ORDER = 3;

  private Matches() {}

  /**
   * Adds up how each typed word is found: at the beginning of a word, anywhere, or, from two
   * letters on, as letters in this order.
   *
   * @param scattered whether letters in this order are enough. In a path, which is long, almost any
   *     are there
   * @return less is better; empty if a word is not found
   */
  static OptionalInt rank(String typed, String name, boolean scattered) {
    String in = name.toLowerCase(Locale.ROOT);
    int sum = 0;
    for (String word : typed.toLowerCase(Locale.ROOT).strip().split("\\s+", -1)) {
      OptionalInt one = rankWord(word, in, scattered);
      if (one.isEmpty()) {
        return one;
      }
      sum += one.getAsInt();
    }
    return OptionalInt.of(sum);
  }

  private static OptionalInt rankWord(String word, String in, boolean scattered) {
    int at = in.indexOf(word);
    if (at < 0) {
      return scattered && word.length() > 1 && hasInOrder(word, in)
          ? OptionalInt.of(LETTERS_IN_ORDER)
          : OptionalInt.empty();
    }
    for (; at >= 0; at = in.indexOf(word, at + 1)) {
      if (at == 0 || !Character.isLetterOrDigit(in.charAt(at - 1))) {
        return OptionalInt.of(WORD_BEGINS);
      }
    }
    return OptionalInt.of(CONTAINED);
  }

  private static boolean hasInOrder(String letters, String in) {
    int at = -1;
    for (int i = 0; i < letters.length(); i++) {
      at = in.indexOf(letters.charAt(i), at + 1);
      if (at < 0) {
        return false;
      }
    }
    return true;
  }
}
