package dev.memoryconsole.store.sqlite.read;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.query.Condition;
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
  // Some milliseconds for rows that are read here and there.
  private static final int LOOKED_AT = 3_000;

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

  /** Rows of d that the plugin's corpus indexer keeps in step with files. */
  static final String CORPUS = "(d.flags & 16 OR " + CORPUS_BY_ID + ")";

  private final EntryQuery query;
  private final TableLayout layout;
  private final List<String> conditions = new ArrayList<>();
  private final List<String> parameters = new ArrayList<>();
  private final boolean docs;
  private final boolean rows;
  private final QueryOrder order;
  private final boolean rowsFirst;
  // Where the columns of the row itself are found.
  private final String m;

  /** Asks an index for every word. */
  QuerySql(EntryQuery query, TableLayout layout) {
    this(query, layout, Set.of());
  }

  /**
   * Asks indexes for words.
   *
   * @param inRows those that are looked for in the rows that all the rest finds
   */
  QuerySql(EntryQuery query, TableLayout layout, Set<String> inRows) {
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
            || QueryOrder.needsDocs(query.sort())
            || others.stream().anyMatch(ConditionSql::needsDocs);
    rows =
        !docs
            || !query.scopes().isEmpty()
            || !query.categories().isEmpty()
            || others.stream().anyMatch(ConditionSql::needsRows)
            || QueryOrder.needsRows(query.sort());
    m = docs && !layout.derived() ? "d" : "m";
    order = new QueryOrder(query, docs ? "d" : "m", m);
    // What most rows are is told row by row, in the order that an index has; what few rows are is
    // found first and sorted.
    rowsFirst =
        QueryOrder.needsRows(query.sort())
            && !query.retryable()
            && !query.stamped()
            && query.ids() == null
            && words.isEmpty()
            && others.isEmpty();
    if (docs && someStates) {
      conditions.add(inStates(query.states()));
    } else if (docs) {
      conditions.add("d.state IS NOT NULL");
    }
    if (query.stamped()) {
      conditions.add(stamped());
    } else if (docs && someStates && query.states().contains(MemoryState.UPGRADED)) {
      conditions.add("NOT (" + stamped() + ")");
    }
    if (query.retryable()) {
      conditions.add("d.flags & 12 AND NOT " + CORPUS);
    }
    oneOf(m + ".scope", query.scopes());
    oneOf(m + ".category", query.categories());
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
    WordSql find = new WordSql(layout, inRows, rowNumber(), parameters);
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

  /** Rows of d that look upgraded and probably never were. */
  static String stamped() {
    // Rows of before do not tell, and have to be looked at. The order matters: there is JSON only
    // where there are flags.
    return "(d.flags & 47 = 33 AND NOT "
        + CORPUS_BY_ID
        + " OR d.flags & 271 = 1 AND NOT "
        + CORPUS_BY_ID
        + " AND EXISTS (SELECT 1 FROM memories s WHERE s.id = d.id AND "
        + NO_MARKER
        + "))";
  }

  /** The table d: where nothing is derived yet, by deriving it. */
  static String docs(TableLayout layout) {
    return docs(layout, true);
  }

  private static String docs(TableLayout layout, boolean ofAll) {
    return layout.derived() ? "memories_doc" : DerivingScan.of(layout, ofAll);
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
    // Who wants all of what few rows are is not to look at each row where the order has it.
    boolean sorted = limit == Integer.MAX_VALUE && isOfFewRows();
    return ids(
        connection,
        fromWhere(),
        sorted ? order.sortedTerms(connection) : order.terms(connection),
        offset,
        limit);
  }

  /**
   * The ids of the first rows that match, if there are enough of them near the beginning of the
   * order; for who is going to ask for all, which may take long. Empty where all come in order at
   * once, or none can be told before all.
   */
  Optional<PreparedStatement> beginning(Connection connection, int count) throws SQLException {
    if (isOfFewRows() && layout.rowNumbers()) {
      return Optional.of(amongTheFirst(connection, order, count));
    }
    boolean choosesByMoreThanState =
        !query.phrases().isEmpty()
            || !query.conditions().isEmpty()
            || !query.scopes().isEmpty()
            || !query.categories().isEmpty();
    if (!choosesByMoreThanState
        || !layout.derived()
        || !layout.rowNumbers()
        || query.ids() != null
        || QueryOrder.needsDocs(query.sort())) {
      return Optional.empty();
    }
    QueryOrder ofRows = new QueryOrder(query, "m", "m");
    QuerySql inRows = new QuerySql(query, layout, Set.copyOf(query.phrases()));
    return ofRows.isIndexed(connection)
        ? Optional.of(inRows.amongTheFirst(connection, ofRows, count))
        : Optional.empty();
  }

  private PreparedStatement amongTheFirst(Connection connection, QueryOrder ordered, int count)
      throws SQLException {
    String terms = ordered.terms(connection);
    String looked =
        " FROM (SELECT m._rowid_ AS _rowid_, m.id, m.text, m.category, m.scope, m.importance,"
            + " m.timestamp, m.metadata FROM memories m ORDER BY "
            + terms
            + " LIMIT "
            + LOOKED_AT
            + ") m"
            + (docs ? " CROSS JOIN memories_doc d ON d.id = m.id" : "")
            + " WHERE "
            + String.join(" AND ", conditions);
    // They come in the order in which they are looked at, until there are enough: to sort them anew
    // all would have to be looked at.
    return idsInOrder(connection, looked, 0, count);
  }

  private PreparedStatement ids(
      Connection connection, String fromWhere, String order, int offset, int limit)
      throws SQLException {
    return idsInOrder(connection, fromWhere + " ORDER BY " + order, offset, limit);
  }

  private PreparedStatement idsInOrder(
      Connection connection, String fromWhere, int offset, int limit) throws SQLException {
    String rowNumber = rowNumber();
    PreparedStatement statement =
        bind(
            connection.prepareStatement(
                "SELECT "
                    + layout.text(docs ? "d.id" : "m.id")
                    + ", "
                    + (rowNumber == null ? "NULL" : rowNumber)
                    + fromWhere
                    + " LIMIT ? OFFSET ?"));
    statement.setInt(parameters.size() + 1, limit);
    statement.setInt(parameters.size() + 2, offset);
    return statement;
  }

  // Told by an index of scopes or categories, if there is one.
  private boolean isOfFewRows() {
    return !docs
        && layout.derived()
        && query.ids() == null
        && query.conditions().isEmpty()
        && !(query.scopes().isEmpty() && query.categories().isEmpty());
  }

  /** Adds to a table, of each row that matches, id, row number, place in the order and time. */
  PreparedStatement into(Connection connection, String table) throws SQLException {
    return bind(
        connection.prepareStatement(
            "INSERT INTO %s SELECT %s, %s, %s%s"
                .formatted(
                    table,
                    docs ? "d.id" : "m.id",
                    rowNumber(),
                    order.places(connection),
                    fromWhere())));
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
                ? rowsFirst
                    ? " FROM memories m CROSS JOIN memories_doc d ON d.id = m.id"
                    : " FROM memories_doc d CROSS JOIN memories m ON m.id = d.id"
                : " FROM " + docs(layout, query.ids() == null) + " d";
    return conditions.isEmpty() ? from : from + " WHERE " + String.join(" AND ", conditions);
  }

  private void oneOf(String column, Collection<String> values) {
    if (values.isEmpty()) {
      return;
    }
    parameters.add(RowReader.jsonArray(values));
    if (layout.derived() && !values.contains("")) {
      // As below, but so that an index can tell.
      conditions.add(
          column
              + " IN (SELECT value FROM json_each(?) UNION ALL"
              + " SELECT CAST(value AS BLOB) FROM json_each(?))");
      parameters.add(RowReader.jsonArray(values));
    } else {
      conditions.add(
          "coalesce(CAST(" + column + " AS TEXT), '') IN (SELECT value FROM json_each(?))");
    }
  }

  private static boolean someStates(Set<MemoryState> states) {
    return !states.isEmpty() && states.size() < MemoryState.values().length;
  }

  private static List<String> words(String words) {
    return words.isBlank() ? List.of() : List.of(words.strip().split("[\\s\\u3000]+"));
  }
}
