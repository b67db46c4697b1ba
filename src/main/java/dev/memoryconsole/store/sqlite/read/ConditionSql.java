package dev.memoryconsole.store.sqlite.read;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.query.Comparison;
import dev.memoryconsole.store.query.Condition;
import dev.memoryconsole.store.query.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A {@link Condition} in SQL, with everything that was written as a parameter. */
final class ConditionSql {
  // As a row holds it, and as JSON writes it.
  private static final String IS_NUMBER =
      "%1$s NOT GLOB '*[^-+.0-9eE]*' AND json_valid(%1$s)"
          + " AND json_type(%1$s) IN ('integer', 'real')";

  private final String doc;
  private final String row;
  private final @Nullable String rowNumber;
  private final WordSql words;
  private final List<String> parameters;

  /**
   * Where columns are found.
   *
   * @param doc the table that has id and timestamp
   * @param row the table that has the row's other columns
   * @param rowNumber the expression of the row number; null if rows have none
   * @param parameters where those of a condition are added
   */
  ConditionSql(
      String doc, String row, @Nullable String rowNumber, WordSql words, List<String> parameters) {
    this.doc = doc;
    this.row = row;
    this.rowNumber = rowNumber;
    this.words = words;
    this.parameters = parameters;
  }

  /** Whether the index of words is asked, which belongs to {@code memories_doc}. */
  static boolean needsDocs(Condition condition) {
    return condition instanceof Condition.Phrase;
  }

  /** Whether columns are asked that only the row itself has. */
  static boolean needsRows(Condition condition) {
    return condition instanceof Condition.Importance || condition instanceof Condition.OfMetadata;
  }

  String of(Condition condition) {
    return switch (condition) {
      case Condition.Phrase(String text) -> words.of(text);
      case Condition.Id(Set<String> ids) ->
          ids.stream().map(this::id).collect(Collectors.joining(" OR ", "(", ")"));
      case Condition.Importance(Comparison comparison, double value) ->
          importance(comparison, value);
      case Condition.Time time -> time(time);
      case Condition.NoTime _ -> "typeof(" + doc + ".timestamp) NOT IN ('integer', 'real')";
      case Condition.OfMetadata metadata -> metadata(metadata);
    };
  }

  private String id(String id) {
    Optional<String> odd = OddIds.condition(id, doc, rowNumber);
    return "("
        + WordSql.isId(doc, id, parameters)
        + odd.map(is -> " OR (" + is + ")").orElse("")
        + ")";
  }

  private String importance(Comparison comparison, double value) {
    parameters.add(Double.toString(value));
    String column = row + ".importance";
    // Other programs' columns may hold numbers as text.
    return "CASE typeof("
        + column
        + ") WHEN 'text' THEN CASE WHEN "
        + IS_NUMBER.formatted(column)
        + " THEN CAST("
        + column
        + " AS REAL) END WHEN 'blob' THEN NULL ELSE "
        + column
        + " END "
        + comparison.symbol()
        + " CAST(? AS REAL)";
  }

  /** Old rows hold seconds; the bare comparison comes besides because an index answers it. */
  private String time(Condition.Time time) {
    String column = doc + ".timestamp";
    String seconds = "(%1$s > -%2$d AND %1$s < %2$d)".formatted(column, MemoryEntry.FIRST_MILLIS);
    List<String> both = new ArrayList<>();
    both.add("typeof(" + column + ") IN ('integer', 'real')");
    Long from = time.from();
    if (from != null) {
      both.add(edge(column, seconds, ">=", from));
    }
    Long until = time.until();
    if (until != null) {
      both.add(edge(column, seconds, "<", until));
      parameters.add(Long.toString(Math.max(until, MemoryEntry.FIRST_MILLIS)));
      both.add(column + " < CAST(? AS INTEGER)");
    }
    return both.stream().collect(Collectors.joining(" AND ", "(", ")"));
  }

  private String edge(String column, String seconds, String sign, long millis) {
    parameters.add(Long.toString(millis));
    parameters.add(Long.toString(millis));
    return ("(NOT %2$s AND %1$s %3$s CAST(? AS INTEGER)"
            + " OR %2$s AND %1$s * 1000 %3$s CAST(? AS INTEGER))")
        .formatted(column, seconds, sign);
  }

  private String metadata(Condition.OfMetadata condition) {
    String text = "CAST(" + row + ".metadata AS TEXT)";
    String key = condition.path().getFirst();
    return switch (condition) {
      case Condition.MetaPresent present -> {
        String value = value(text, present.path());
        yield (present.wanted() ? "" : "NOT ")
            + "EXISTS (SELECT 1 FROM ("
            + value
            + ") v WHERE v.type <> 'null' AND NOT (v.type = 'text' AND v.value = ''))";
      }
      case Condition.MetaEquals equals -> {
        // Most rows are told by a key that they lack, before their JSON is parsed.
        parameters.add(key);
        String value = value(text, equals.path());
        yield mayHold(text)
            + " THEN EXISTS (SELECT 1 FROM ("
            + value
            + ") v WHERE "
            + isOne("v", equals.values())
            + " OR EXISTS (SELECT 1 FROM json_each(CASE v.type WHEN 'array' THEN v.value"
            + " ELSE '[]' END) e WHERE "
            + isOne("e", equals.values())
            + ")) ELSE 0 END";
      }
      case Condition.MetaCompares compares -> {
        parameters.add(key);
        String value = value(text, compares.path());
        parameters.add(Double.toString(compares.value()));
        yield mayHold(text)
            + " THEN EXISTS (SELECT 1 FROM ("
            + value
            + ") v WHERE CASE WHEN v.type IN ('integer', 'real') OR (v.type = 'text' AND "
            + IS_NUMBER.formatted("v.value")
            + ") THEN CAST(v.value AS REAL) END "
            + compares.comparison().symbol()
            + " CAST(? AS REAL)) ELSE 0 END";
      }
      case Condition.Without opposite -> "NOT (" + metadata(opposite.condition()) + ")";
    };
  }

  private static String mayHold(String text) {
    return "CASE WHEN instr(" + text + ", ?) OR instr(" + text + ", '\\')";
  }

  /** A query for the value at a path and its type: of a key that comes twice, the last. */
  private String value(String text, List<String> path) {
    String query = "SELECT 'object' AS type, CASE WHEN json_valid(%1$s) THEN %1$s END AS value";
    query = query.formatted(text);
    for (String key : path) {
      parameters.add(key);
      query =
          "SELECT j.type AS type, j.value AS value FROM ("
              + query
              + ") o JOIN json_each(CASE o.type WHEN 'object' THEN o.value ELSE '{}' END) j"
              + " WHERE j.\"key\" = ? ORDER BY j.id DESC LIMIT 1";
    }
    return query;
  }

  private String isOne(String table, Set<String> values) {
    return values.stream()
        .map(value -> is(table, value))
        .collect(Collectors.joining(" OR ", "(", ")"));
  }

  private String is(String table, String value) {
    parameters.add(value);
    String text = "%1$s.type = 'text' AND %1$s.value = ? COLLATE NOCASE".formatted(table);
    String word = value.toLowerCase(Locale.ROOT);
    if (Set.of("true", "false", "null").contains(word)) {
      return text + " OR " + table + ".type = '" + word + "'";
    }
    if (Numbers.of(value).isEmpty()) {
      return text;
    }
    parameters.add(value);
    return text
        + " OR %1$s.type IN ('integer', 'real') AND CAST(%1$s.value AS REAL) = CAST(? AS REAL)"
            .formatted(table);
  }
}
