package dev.memoryconsole.store.sqlite.read;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.query.Condition;
import dev.memoryconsole.store.sqlite.connection.Sql;
import dev.memoryconsole.store.sqlite.schema.PiecewiseRead;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An {@link EntryQuery} in SQL.
 *
 * <p>Two tables can answer: {@code memories} itself (m), and {@code memories_doc} (d), which knows
 * state, time and the rows of the text indexes. A query is driven by d if it asks for any of these,
 * and joins m only if it must, so that most queries are answered by an index alone.
 */
final class QuerySql {
  // What was upgraded holds the names of the marker's keys, which is told before its JSON is
  // parsed.
  private static final String NO_MARKER =
      """
      instr(CAST(s.metadata AS TEXT), '"upgraded_at"') = 0
        AND instr(CAST(s.metadata AS TEXT), '"upgraded_by"') = 0
        AND CASE json_type(CAST(s.metadata AS TEXT), '$.source') WHEN 'text'
          THEN json_extract(CAST(s.metadata AS TEXT), '$.source') IN ('', 'legacy') ELSE 1 END
        AND json_extract(CAST(s.metadata AS TEXT), '$.type') IS NOT 'session-summary'
        AND json_type(CAST(s.metadata AS TEXT), '$.compacted') IS NOT 'true'\
      """;

  // What the row holds is a flag, what its id says is told by the id alone.
  // Of a row without an id it is false, and not unknown.
  static final String CORPUS_BY_ID =
      "(d.id IS NOT NULL AND d.id >= 'corpus:' AND d.id < 'corpus;')";

  /** RowReader of d that the plugin's corpus indexer keeps in step with files. */
  static final String CORPUS = "(d.flags & 16 OR " + CORPUS_BY_ID + ")";

  // Old rows hold seconds, which is told by their size.
  private static final String MILLIS =
      "CASE WHEN typeof(%1$s) IN ('integer', 'real') AND %1$s > -1000000000000"
          + " AND %1$s < 1000000000000 THEN %1$s * 1000 ELSE %1$s END";
  private static final String ANY_SECONDS =
      "SELECT EXISTS (SELECT 1 FROM memories WHERE timestamp > -1000000000000"
          + " AND timestamp < 1000000000000)";

  private final EntryQuery query;
  private final TableLayout layout;
  private final List<String> conditions = new ArrayList<>();
  private final List<String> parameters = new ArrayList<>();
  private final boolean docs;
  private final boolean rows;
  // Where the columns of the row itself are found.
  private final String m;

  QuerySql(EntryQuery query, TableLayout layout) {
    this.query = query;
    this.layout = layout;
    List<String> words = words(query.words());
    List<Condition> others = query.conditions();
    boolean someStates = someStates(query.states());
    docs =
        someStates
            || query.retryable()
            || query.stamped()
            || !words.isEmpty()
            || others.stream().anyMatch(ConditionSql::needsDocs);
    rows =
        !docs
            || !query.scopes().isEmpty()
            || !query.categories().isEmpty()
            || others.stream().anyMatch(ConditionSql::needsRows)
            || (query.sort() != EntryQuery.Sort.TIME && query.sort() != EntryQuery.Sort.ID);
    m = docs && !layout.derived() ? "d" : "m";
    if (docs && someStates) {
      conditions.add(inStates(query.states()));
    } else if (docs) {
      conditions.add("d.state IS NOT NULL");
    }
    if (query.stamped()) {
      conditions.add(stamped(layout));
    } else if (docs && someStates && query.states().contains(MemoryState.UPGRADED)) {
      conditions.add("NOT (" + stamped(layout) + ")");
    }
    if (query.retryable()) {
      conditions.add("d.flags & 12 AND NOT " + CORPUS);
    }
    oneOf("coalesce(CAST(" + m + ".scope AS TEXT), '')", query.scopes());
    oneOf("coalesce(CAST(" + m + ".category AS TEXT), '')", query.categories());
    Set<String> ids = query.ids();
    if (ids != null) {
      conditions.add(
          Stream.concat(
                  Stream.of((docs ? "d.id" : "m.id") + " IN (SELECT value FROM json_each(?))"),
                  ids.stream()
                      .map(id -> OddIds.condition(id, docs ? "d" : "m", rowNumber()))
                      .flatMap(Optional::stream))
              .collect(Collectors.joining(" OR ", "(", ")")));
      parameters.add(RowReader.jsonArray(ids));
    }
    WordSql find = new WordSql(layout, rowNumber(), parameters);
    words.forEach(word -> conditions.add(find.of(word)));
    ConditionSql more = new ConditionSql(docs ? "d" : "m", m, rowNumber(), find, parameters);
    others.forEach(other -> conditions.add(more.of(other)));
    PiecewiseRead.Range range = layout.range();
    if (range != null && !docs) {
      conditions.add(range.of("m"));
    }
  }

  private static String inStates(Set<MemoryState> states) {
    boolean corpus = states.contains(MemoryState.CORPUS);
    String others =
        states.stream()
            .filter(state -> state != MemoryState.CORPUS)
            .map(state -> "'" + state.name() + "'")
            .collect(Collectors.joining(", ", "d.state IN (", ")"));
    if (corpus) {
      return "d.state IS NOT NULL AND (" + others + " OR " + CORPUS + ")";
    }
    // No row that the flag is on is legacy: so an index alone answers for these.
    return others
        + " AND NOT "
        + (states.equals(Set.of(MemoryState.LEGACY)) ? CORPUS_BY_ID : CORPUS);
  }

  /** RowReader of d that look upgraded and probably never were. */
  static String stamped(TableLayout layout) {
    // The order matters: there is JSON only where there are flags.
    return layout.derived()
        ? "d.flags & 15 = 1 AND NOT "
            + CORPUS_BY_ID
            + " AND EXISTS (SELECT 1 FROM memories s WHERE s.id = d.id AND "
            + NO_MARKER
            + ")"
        : "CASE WHEN d.flags & 15 = 1 AND NOT "
            + CORPUS_BY_ID
            + " THEN "
            + NO_MARKER.replace("s.metadata", "d.metadata")
            + " ELSE 0 END";
  }

  /** The table d: where nothing is derived yet, by deriving it. */
  static String docs(TableLayout layout) {
    return layout.derived() ? "memories_doc" : DerivingScan.of(layout);
  }

  // Of d or m, whichever answers; null where rows have none, or all have ids.
  private @Nullable String rowNumber() {
    if (layout.derived()) {
      return docs ? null : layout.rowNumber("m");
    }
    return docs ? "d.doc" : layout.rowNumber("m");
  }

  /** Counts what matches. */
  PreparedStatement count(Connection connection) throws SQLException {
    return bind(connection.prepareStatement("SELECT count(*)" + fromWhere()));
  }

  /** The ids of what matches, in order. */
  PreparedStatement ids(Connection connection, int offset, int limit) throws SQLException {
    String id = docs ? "d.id" : "m.id";
    String order =
        query.sort() == EntryQuery.Sort.ID ? id + direction() : column(connection) + direction();
    String ties = query.sort() == EntryQuery.Sort.ID ? "" : ", " + id;
    String rowNumber = rowNumber();
    PreparedStatement statement =
        bind(
            connection.prepareStatement(
                "SELECT "
                    + layout.text(id)
                    + ", "
                    + (rowNumber == null ? "NULL" : rowNumber)
                    + fromWhere()
                    + " ORDER BY "
                    + order
                    + ties
                    + " LIMIT ? OFFSET ?"));
    statement.setInt(parameters.size() + 1, limit);
    statement.setInt(parameters.size() + 2, offset);
    return statement;
  }

  /** Adds to a table, of each row that matches, id, row number and place in the order. */
  PreparedStatement into(Connection connection, String table) throws SQLException {
    String place =
        query.sort() == EntryQuery.Sort.TIME
            ? MILLIS.formatted(docs ? "d.timestamp" : "m.timestamp")
            : column(connection);
    return bind(
        connection.prepareStatement(
            "INSERT INTO %s SELECT %s, %s, %s%s"
                .formatted(table, docs ? "d.id" : "m.id", rowNumber(), place, fromWhere())));
  }

  private PreparedStatement bind(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      statement.setString(i + 1, parameters.get(i));
    }
    return statement;
  }

  private String fromWhere() {
    String from =
        !docs
            ? " FROM memories m"
            : rows && layout.derived()
                ? " FROM memories_doc d CROSS JOIN memories m ON m.id = d.id"
                : " FROM " + docs(layout) + " d";
    return conditions.isEmpty() ? from : from + " WHERE " + String.join(" AND ", conditions);
  }

  private String column(Connection connection) throws SQLException {
    return switch (query.sort()) {
      case TIME -> time(connection, docs ? "d.timestamp" : "m.timestamp");
      case ID -> docs ? "d.id" : "m.id";
      case TEXT -> m + ".text";
      case CATEGORY -> m + ".category";
      case SCOPE -> m + ".scope";
      case IMPORTANCE -> m + ".importance";
    };
  }

  // Only with the bare column an index knows the order; few stores have rows in seconds.
  private static String time(Connection connection, String column) throws SQLException {
    return Sql.number(connection, ANY_SECONDS) == 1 ? MILLIS.formatted(column) : column;
  }

  private String direction() {
    return query.ascending() ? " ASC" : " DESC";
  }

  private void oneOf(String column, Collection<String> values) {
    if (!values.isEmpty()) {
      conditions.add(column + " IN (SELECT value FROM json_each(?))");
      parameters.add(RowReader.jsonArray(values));
    }
  }

  private static boolean someStates(Set<MemoryState> states) {
    return !states.isEmpty() && states.size() < MemoryState.values().length;
  }

  private static List<String> words(String words) {
    return words.isBlank() ? List.of() : List.of(words.strip().split("[\\s\\u3000]+"));
  }
}
