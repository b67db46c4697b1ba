package dev.memoryconsole.store.sqlite.read;

import dev.memoryconsole.store.query.Condition;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The condition that a word occurs in a memory's text or its abstract, or is its id. */
final class WordSql {
  // What SQLite's trigram index knows: shorter words it can't find.
  private static final int TRIGRAM = 3;
  private static final int MOST_TRIGRAMS = 16;

  private final TableLayout layout;
  private final Set<String> inRows;
  private final @Nullable String rowNumber;
  private final List<String> parameters;

  /**
   * For rows of d.
   *
   * @param inRows words that are looked for in the row itself, and by no index
   * @param rowNumber the expression of the row number; null if rows have none
   * @param parameters where those of a condition are added
   */
  WordSql(
      TableLayout layout, Set<String> inRows, @Nullable String rowNumber, List<String> parameters) {
    this.layout = layout;
    this.inRows = inRows;
    this.rowNumber = rowNumber;
    this.parameters = parameters;
  }

  String of(String word) {
    String odd = OddIds.condition(word, "d", rowNumber).map(is -> " OR (" + is + ")").orElse("");
    if (!layout.derived()) {
      parameters.add(word);
      parameters.add(word);
      return "(instr(lower(CAST(d.text AS TEXT)), lower(?)) OR instr(lower(d.abstract), lower(?))"
          + " OR "
          + isId("d", word, parameters)
          + odd
          + ")";
    }
    if (inRows.contains(word)) {
      parameters.add(word);
      parameters.add(word);
      return "(instr(lower((SELECT CAST(c.text AS TEXT) FROM memories c WHERE c.id = d.id)),"
          + " lower(?)) OR instr(lower(d.abstract), lower(?)) OR "
          + isId("d", word, parameters)
          + odd
          + ")";
    }
    String pattern = '%' + word.replaceAll("([\\\\%_])", "\\\\$1") + '%';
    boolean indexed = isIndexed(word);
    String found =
        "d.doc IN ("
            + inText(word, pattern, indexed)
            + " UNION ALL "
            + inAbstract(word, indexed)
            + " UNION ALL SELECT i.doc FROM memories_doc i WHERE "
            + isId("i", word, parameters)
            + ")";
    return odd.isEmpty() ? found : "(" + found + odd + ")";
  }

  /** Whether the indexes know words of this length. */
  static boolean isIndexed(String word) {
    return word.codePointCount(0, word.length()) >= TRIGRAM;
  }

  /** The condition that this is the id, or the beginning of it that is shown. */
  static String isId(String table, String written, List<String> parameters) {
    parameters.add(written);
    if (written.length() < Condition.SHORT_ID) {
      return table + ".id = ?";
    }
    parameters.add(written);
    // Behind whatever begins so.
    return table + ".id >= ? AND " + table + ".id < ? || char(1114111)";
  }

  private String inText(String word, String pattern, boolean indexed) {
    if (!indexed) {
      parameters.add(pattern);
      // In the order of the file, which is quicker than by way of the index.
      return "SELECT i.doc FROM memories c CROSS JOIN memories_doc i ON i.id = c.id"
          + " WHERE CAST(c.text AS TEXT) LIKE ? ESCAPE '\\'";
    }
    parameters.add(quoted(word));
    String found = "SELECT rowid FROM memories_text_fts WHERE memories_text_fts MATCH ?";
    // The index folds the case of every script, LIKE only that of ASCII, which is what is promised:
    // so LIKE has the last word wherever the two can differ.
    if (word.chars().noneMatch(unit -> unit >= 0x80 && cased(unit))) {
      return found;
    }
    parameters.add(pattern);
    return found + " AND text LIKE ? ESCAPE '\\'";
  }

  /** The index knows candidates only, and not yet those whose abstract has just changed. */
  private String inAbstract(String word, boolean indexed) {
    // As LIKE does it, but a word may be as long as it likes.
    String contains = "instr(lower(a.abstract), lower(?))";
    if (!indexed) {
      parameters.add(word);
      return "SELECT a.doc FROM memories_doc a WHERE " + contains;
    }
    parameters.add(trigrams(word));
    parameters.add(word);
    parameters.add(word);
    return "SELECT a.doc FROM memories_abstract_fts f CROSS JOIN memories_doc a ON a.doc = f.rowid"
        + " WHERE f.memories_abstract_fts MATCH ? AND "
        + contains
        + " UNION ALL SELECT a.doc FROM memories_abstract_pending p"
        + " CROSS JOIN memories_doc a ON a.doc = p.doc WHERE "
        + contains;
  }

  private static String trigrams(String word) {
    int[] points = word.codePoints().toArray();
    int last = points.length - TRIGRAM;
    // Spread over a long word: a few of them leave few candidates.
    return IntStream.rangeClosed(0, Math.min(last, MOST_TRIGRAMS))
        .map(i -> last <= MOST_TRIGRAMS ? i : (int) ((long) i * last / MOST_TRIGRAMS))
        .mapToObj(from -> quoted(new String(points, from, TRIGRAM)))
        .distinct()
        .collect(Collectors.joining(" AND "));
  }

  /** A phrase as the indexes are asked for it. */
  static String quoted(String phrase) {
    return '"' + phrase.replace("\"", "\"\"") + '"';
  }

  private static boolean cased(int unit) {
    return Character.isSurrogate((char) unit)
        || Character.toLowerCase(unit) != Character.toUpperCase(unit);
  }
}
