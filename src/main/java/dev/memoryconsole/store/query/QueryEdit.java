package dev.memoryconsole.store.query;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Writes conditions into what was typed, for controls that show a part of it. Stateless. */
public final class QueryEdit {
  private QueryEdit() {}

  /**
   * The text with exactly these values for a key, in the place of the first such condition or at
   * the end; without a value, with no such condition.
   */
  public static String with(String text, String key, Collection<String> values) {
    String condition =
        values.isEmpty()
            ? ""
            : values.stream()
                .sorted()
                .map(QueryEdit::quoted)
                .collect(Collectors.joining(",", key + ":", ""));
    StringBuilder edited = new StringBuilder(text);
    List<Term> all = QueryParser.parse(text, Clock.systemUTC()).terms();
    List<Term> those = all.stream().filter(term -> term.isOf(key)).toList();
    // From the last on, so that the places of those before stay.
    for (int i = those.size() - 1; i >= 0; i--) {
      edited.replace(those.get(i).from(), those.get(i).to(), i == 0 ? condition : "");
    }
    if (those.isEmpty() && !condition.isEmpty()) {
      // Behind a quotation mark that is still open it would be a part of the phrase.
      boolean closed = all.stream().allMatch(Term::closed);
      edited.insert(closed ? edited.length() : 0, closed ? " " + condition : condition + " ");
    }
    return edited.toString().strip().replaceAll(" {2,}(?=[^\"]*$)", " ");
  }

  /** A value as it has to be written. */
  public static String quoted(String value) {
    boolean plain =
        !value.isEmpty()
            && value.charAt(0) != '"'
            && value.chars().noneMatch(unit -> unit == ',' || Terms.isSpace((char) unit));
    return plain ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
