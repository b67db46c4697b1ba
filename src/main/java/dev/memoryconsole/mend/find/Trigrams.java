package dev.memoryconsole.mend.find;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** The trigrams of a text, and how alike two texts are by them. */
final class Trigrams {
  private static final int SIZE = 3;
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private Trigrams() {}

  /** The text without what does not matter: case, and how much space there is. */
  static String normal(String text) {
    return SPACES.matcher(text.strip()).replaceAll(" ").toLowerCase(Locale.ROOT);
  }

  /** The different trigrams of a normal text as numbers, in rising order. */
  static int[] of(String normal) {
    // As arrays, without a stream: of a large store that is a million times much that is thrown
    // away, for which the heap grows.
    int[] all = new int[normal.length()];
    int points = 0;
    for (int i = 0; i < normal.length(); i += Character.charCount(normal.codePointAt(i))) {
      all[points++] = normal.codePointAt(i);
    }
    int count = Math.max(0, points - SIZE + 1);
    for (int i = 0; i < count; i++) {
      all[i] = (all[i] * 31 + all[i + 1]) * 31 + all[i + 2];
    }
    Arrays.sort(all, 0, count);
    int different = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || all[i] != all[i - 1]) {
        all[different++] = all[i];
      }
    }
    return Arrays.copyOf(all, different);
  }

  /** The share of trigrams that both have of those that either has, 0 to 1. */
  static double likeness(int[] one, int[] other) {
    int both = 0;
    int i = 0;
    int j = 0;
    while (i < one.length && j < other.length) {
      if (one[i] == other[j]) {
        both++;
        i++;
        j++;
      } else if (one[i] < other[j]) {
        i++;
      } else {
        j++;
      }
    }
    int either = one.length + other.length - both;
    return either == 0 ? 1 : (double) both / either;
  }
}
