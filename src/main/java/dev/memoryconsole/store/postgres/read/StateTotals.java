package dev.memoryconsole.store.postgres.read;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.store.postgres.connection.Connections;
import dev.memoryconsole.store.postgres.connection.Waiting;
import dev.memoryconsole.store.postgres.table.TableShape;
import dev.memoryconsole.store.scan.RowTotals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts the rows of a table whose metadata is {@code jsonb}: the server brings together those that
 * are alike in all that the {@linkplain LegacyRule legacy rule} looks at, and the rule decides
 * about one of each. Stateless.
 */
final class StateTotals {
  /** What the rule asks the values of: few differ. */
  private static final List<String> VALUES =
      List.of(
          Keys.OPENCLAW_CORPUS,
          Keys.TYPE,
          Keys.MEMORY_CATEGORY,
          Keys.SOURCE,
          Keys.UPGRADED_BY,
          Keys.COMPACTED);

  // A key that is missing is another thing than one that is null, which is no NULL of SQL.
  private static final String PARTS =
      Stream.of(
              VALUES.stream()
                  .map(
                      key ->
                          part(
                              "metadata -> '" + key + "' IS NOT NULL",
                              key,
                              "metadata -> '" + key + "'")),
              // That there is one says all: no two are the same.
              Stream.of(
                  part("metadata -> '" + Keys.UPGRADED_AT + "' IS NOT NULL", Keys.UPGRADED_AT, "1"),
                  part(
                      "jsonb_typeof(metadata -> '"
                          + Keys.UPGRADE_ERROR
                          + "') = 'string' AND metadata ->> '"
                          + Keys.UPGRADE_ERROR
                          + "' <> ''",
                      Keys.UPGRADE_ERROR,
                      "CAST('x' AS text)")))
          .flatMap(parts -> parts)
          .collect(Collectors.joining(" || "));

  private static final String BEGIN =
      "SELECT CAST(category AS text), CAST(scope AS text), id LIKE '"
          + LegacyRule.CORPUS_PREFIX
          + "%', CASE WHEN jsonb_typeof(metadata) = 'object' THEN CAST("
          + PARTS
          + " AS text) END, count(*) FROM ";

  private static final String END = " WHERE id IS NOT NULL GROUP BY 1, 2, 3, 4";

  private StateTotals() {}

  private static String part(String condition, String key, String value) {
    return "CASE WHEN "
        + condition
        + " THEN jsonb_build_object('"
        + key
        + "', "
        + value
        + ") ELSE CAST('{}' AS jsonb) END";
  }

  static StoreStats of(Connection connection, TableShape shape) throws SQLException {
    RowTotals totals = new RowTotals();
    try (PreparedStatement statement = connection.prepareStatement(BEGIN + shape.name() + END)) {
      statement.setFetchSize(Connections.fetchedAtOnce());
      try (ResultSet alike = Waiting.unlessCancelled(statement, statement::executeQuery)) {
        while (alike.next()) {
          Cancellation.check();
          String id = alike.getBoolean(3) ? LegacyRule.CORPUS_PREFIX : "";
          String category = alike.getString(1);
          totals.add(
              category,
              alike.getString(2),
              LegacyRule.traitsOf(id, category, alike.getString(4)),
              alike.getLong(5));
        }
      }
    }
    return totals.stats();
  }
}
