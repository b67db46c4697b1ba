package dev.memoryconsole.store.postgres.read;

import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.postgres.table.StorableText;
import dev.memoryconsole.store.postgres.table.TableShape;
import dev.memoryconsole.store.query.Condition;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The conditions of a query as far as the server can check them. What it finds may be more than
 * what matches, never less: what is left over is decided row by row.
 */
final class Narrowing {
  private static final String ESCAPED_IN_PATTERNS = "[\\\\%_]";

  private final TableShape shape;
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();
  private boolean exact = true;
  private boolean impossible;

  Narrowing(TableShape shape, EntryQuery query) {
    this.shape = shape;
    exact = query.states().isEmpty() && !query.retryable() && !query.stamped();
    conditions.add("id IS NOT NULL");
    among("scope", query.scopes());
    among("category", query.categories());
    Set<String> ids = query.ids();
    if (ids != null) {
      conditions.add("id = ANY (?)");
      parameters.add(storable(ids));
    }
    query.phrases().forEach(this::phrase);
    query.conditions().forEach(this::condition);
  }

  /** Whether the server's answer is the answer, so that no row has to be looked at. */
  boolean isExact() {
    return exact;
  }

  /** Whether nothing can match: what is looked for can't be stored. */
  boolean isImpossible() {
    return impossible;
  }

  String where() {
    return " WHERE " + String.join(" AND ", conditions);
  }

  /** Gives a statement the values, from its first parameter on. */
  void bind(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i) instanceof List<?> texts) {
        EntryRows.setTexts(statement, i + 1, texts.stream().map(String.class::cast).toList());
      } else {
        statement.setObject(i + 1, parameters.get(i));
      }
    }
  }

  /** The empty string stands for an absent value, too. */
  private void among(String column, Set<String> values) {
    if (!values.isEmpty()) {
      conditions.add(
          values.contains("")
              ? "(" + column + " IS NULL OR " + column + " = ANY (?))"
              : column + " = ANY (?)");
      parameters.add(storable(values));
    }
  }

  private static List<String> storable(Collection<String> texts) {
    return texts.stream().filter(StorableText::isStorable).toList();
  }

  private void phrase(String phrase) {
    exact = false;
    if (!StorableText.isStorable(phrase)) {
      impossible = true;
      return;
    }
    // What is an i in capitals is another letter in some languages.
    String pattern =
        '%' + phrase.replaceAll(ESCAPED_IN_PATTERNS, "\\\\$0").replaceAll("[iI]", "_") + '%';
    String summary =
        shape.metadata() == TableShape.Metadata.JSONB
            ? "metadata ->> 'l0_abstract' ILIKE ?"
            // Its characters may be escaped.
            : "CAST(metadata AS text) LIKE '%l0_abstract%'";
    conditions.add("(\"text\" ILIKE ? OR " + summary + " OR id LIKE ?)");
    parameters.add(pattern);
    if (shape.metadata() == TableShape.Metadata.JSONB) {
      parameters.add(pattern);
    }
    parameters.add(phrase.replaceAll(ESCAPED_IN_PATTERNS, "\\\\$0") + '%');
  }

  private void condition(Condition condition) {
    switch (condition) {
      case Condition.Id id -> {
        exact = false;
        List<String> begins = storable(id.ids());
        conditions.add(
            begins.isEmpty()
                ? "false"
                : begins.stream()
                    .map(any -> "id LIKE ?")
                    .collect(Collectors.joining(" OR ", "(", ")")));
        begins.forEach(
            each -> parameters.add(each.replaceAll(ESCAPED_IN_PATTERNS, "\\\\$0") + '%'));
      }
      case Condition.Time time -> {
        Long from = time.from();
        if (from != null) {
          conditions.add(shape.millis() + " >= ?");
          parameters.add(from);
        }
        Long until = time.until();
        if (until != null) {
          conditions.add(shape.millis() + " < ?");
          parameters.add(until);
        }
        if (from == null && until == null) {
          conditions.add("\"timestamp\" IS NOT NULL");
        }
      }
      case Condition.NoTime _ -> conditions.add("\"timestamp\" IS NULL");
      case Condition.Importance _, Condition.OfMetadata _ -> exact = false;
      // One of the query's phrases.
      case Condition.Phrase _ -> exact = false;
    }
  }
}
