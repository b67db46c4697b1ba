package dev.memoryconsole.diff;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words that differ between two texts. A run of letters is a word, and so is each ideograph.
 *
 * @param removed places in the old text whose words the new one has not, in order
 * @param added places in the new text whose words the old one has not, in order
 */
public record WordDiff(List<Place> removed, List<Place> added) {
  /**
   * A place in a text.
   *
   * @param from counted from 0, in UTF-16 units
   * @param to exclusive
   */
  public record Place(int from, int to) {}

  private static final WordDiff NOTHING = new WordDiff(List.of(), List.of());
  // Words times words; a table of four megabytes, and a few milliseconds.
  private static final long MOST_CELLS = 1_000_000;
  // Below this share of common words the texts are two texts, and marks would be noise.
  private static final double LEAST_COMMON = 0.2;

  /** Copies the lists. */
  public WordDiff {
    removed = List.copyOf(removed);
    added = List.copyOf(added);
  }

  /**
   * Compares two texts. Nothing is marked where they have next to nothing in common, or are too
   * long to be compared at once.
   */
  public static WordDiff between(String before, String after) {
    List<Place> old = words(before);
    List<Place> current = words(after);
    int start = 0;
    while (start < Math.min(old.size(), current.size())
        && same(before, old.get(start), after, current.get(start))) {
      start++;
    }
    int end = 0;
    while (end < Math.min(old.size(), current.size()) - start
        && same(
            before, old.get(old.size() - 1 - end), after, current.get(current.size() - 1 - end))) {
      end++;
    }
    List<Place> oldRest = old.subList(start, old.size() - end);
    List<Place> newRest = current.subList(start, current.size() - end);
    if ((long) oldRest.size() * newRest.size() > MOST_CELLS) {
      return NOTHING;
    }
    List<Place> removed = new ArrayList<>();
    List<Place> added = new ArrayList<>();
    int common = start + end + walk(before, oldRest, after, newRest, removed, added);
    return common < LEAST_COMMON * Math.max(old.size(), current.size())
        ? NOTHING
        : new WordDiff(joined(before, removed), joined(after, added));
  }

  /** Finds what both have, in order, by the longest common subsequence; answers how much it is. */
  private static int walk(
      String before,
      List<Place> old,
      String after,
      List<Place> current,
      List<Place> removed,
      List<Place> added) {
    int[][] longest = new int[old.size() + 1][current.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = current.size() - 1; j >= 0; j--) {
        longest[i][j] =
            same(before, old.get(i), after, current.get(j))
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < old.size() || j < current.size()) {
      if (i < old.size() && j < current.size() && same(before, old.get(i), after, current.get(j))) {
        i++;
        j++;
      } else if (j == current.size()
          || (i < old.size() && longest[i + 1][j] >= longest[i][j + 1])) {
        removed.add(old.get(i++));
      } else {
        added.add(current.get(j++));
      }
    }
    return longest[0][0];
  }

  private static boolean same(String one, Place at, String other, Place there) {
    int length = at.to() - at.from();
    return length == there.to() - there.from()
        && one.regionMatches(at.from(), other, there.from(), length);
  }

  /** Words and marks, without what is blank between them. */
  private static List<Place> words(String text) {
    BreakIterator breaks = BreakIterator.getWordInstance(Locale.ROOT);
    breaks.setText(text);
    List<Place> words = new ArrayList<>();
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
      if (!text.substring(from, to).isBlank()) {
        split(text, from, to, words);
      }
    }
    return words;
  }

  private static void split(String text, int from, int to, List<Place> words) {
    int begun = from;
    int at = from;
    while (at < to) {
      int point = text.codePointAt(at);
      int next = at + Character.charCount(point);
      if (Character.isIdeographic(point)) {
        if (begun < at) {
          words.add(new Place(begun, at));
        }
        words.add(new Place(at, next));
        begun = next;
      }
      at = next;
    }
    if (begun < to) {
      words.add(new Place(begun, to));
    }
  }

  /** Places with nothing but blanks between them become one. */
  private static List<Place> joined(String text, List<Place> places) {
    List<Place> joined = new ArrayList<>();
    for (Place place : places) {
      Place last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && text.substring(last.to(), place.from()).isBlank()) {
        joined.set(joined.size() - 1, new Place(last.from(), place.to()));
      } else {
        joined.add(place);
      }
    }
    return joined;
  }
}
