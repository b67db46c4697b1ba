package dev.memoryconsole.ui.entries.find;

import dev.memoryconsole.store.query.AsciiCase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where words and phrases occur in a line, as the stores find them. Stateless. */
final class Matches {
  private static final int MOST = 50;
  private static final int AFTER = 400;

  /**
   * A place in a line.
   *
   * @param from where it begins
   * @param to where it ends, exclusively
   */
  record Place(int from, int to) {}

  private Matches() {}

  /** The places, in their order, none within another. */
  static List<Place> in(String line, List<String> phrases) {
    String folded = AsciiCase.folded(line);
    List<Place> all = new ArrayList<>();
    for (String phrase : phrases) {
      String wanted = AsciiCase.folded(phrase);
      int at = wanted.isEmpty() ? -1 : folded.indexOf(wanted);
      while (at >= 0 && all.size() < MOST) {
        all.add(new Place(at, at + wanted.length()));
        at = folded.indexOf(wanted, at + wanted.length());
      }
    }
    all.sort(Comparator.comparingInt(Place::from).thenComparingInt(place -> -place.to()));
    List<Place> apart = new ArrayList<>();
    for (Place place : all) {
      Place last = apart.isEmpty() ? null : apart.getLast();
      if (last == null || place.from() >= last.to()) {
        apart.add(place);
      } else if (place.to() > last.to()) {
        apart.set(apart.size() - 1, new Place(last.from(), place.to()));
      }
    }
    return apart;
  }

  /**
   * Some of a long text around the first place, on one line; empty if there is no place.
   *
   * @param seen about how much is on screen
   */
  static String around(String text, List<String> phrases, int seen) {
    List<Place> places = in(text, phrases);
    if (places.isEmpty()) {
      return "";
    }
    int from = Math.max(0, places.getFirst().from() - seen / 3);
    int space = text.indexOf(' ', from);
    from = from > 0 && space >= 0 && space < places.getFirst().from() ? space + 1 : from;
    from += Character.isLowSurrogate(text.charAt(from)) ? 1 : 0;
    int to = Math.min(text.length(), places.getFirst().to() + AFTER);
    to -= to < text.length() && Character.isLowSurrogate(text.charAt(to)) ? 1 : 0;
    String part = text.substring(from, to).replaceAll("\\s+", " ").strip();
    return from == 0 ? part : "…" + part;
  }

  /**
   * The line from a little before the first place on, if that would be too far to the right to be
   * seen; otherwise the line.
   */
  static String excerpt(String line, List<String> phrases, int shown) {
    List<Place> places = in(line, phrases);
    if (places.isEmpty() || places.getFirst().to() <= shown) {
      return line;
    }
    int from = Math.max(0, places.getFirst().from() - shown / 3);
    int space = line.indexOf(' ', from);
    int start = space >= 0 && space < places.getFirst().from() ? space + 1 : from;
    // Not in the middle of a character.
    start += Character.isLowSurrogate(line.charAt(start)) ? 1 : 0;
    return "…" + line.substring(start);
  }
}
