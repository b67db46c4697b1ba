package dev.memoryconsole.mend.find;

import java.util.Arrays;
import java.util.Locale;

/** The trigrams of a text, and how alike two texts are by them. */
final class Trigrams {
  private static final int SIZE = 3;

  private Trigrams() {}

  /** The text without what does not matter: case, and how much space there is. */
  static String normal(String text) {
    return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }

  /** The different trigrams of a normal text as numbers, in rising order. */
  static int[] of(String normal) {
    int[] points = normal.codePoints().toArray();
    int count = Math.max(0, points.length - SIZE + 1);
    int[] all = new int[count];
    for (int i = 0; i < count; i++) {
      all[i] = (points[i] * 31 + points[i + 1]) * 31 + points[i + 2];
    }
    return Arrays.stream(all).sorted().distinct().toArray();
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
