package dev.memoryconsole.store.postgres.read;

import dev.memoryconsole.store.postgres.connection.PostgresFailures;
import dev.memoryconsole.store.postgres.table.TableShape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * About how many rows a large table has, as the server plans with: its size, and how many rows it
 * found in so much when it last looked. Stateless.
 */
public final class EstimatedTotal {
  /** What is smaller is counted as quickly. */
  public static final long LARGE = 50_000;

  private static final Pattern ROWS = Pattern.compile("\"Plan Rows\": *([0-9]+)");

  private EstimatedTotal() {}

  /** Empty of a table that is not large, and where a server plans in other words. */
  public static OptionalLong of(Connection connection, TableShape shape) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet plan =
            statement.executeQuery("EXPLAIN (FORMAT JSON) SELECT id FROM " + shape.name())) {
      Matcher rows = ROWS.matcher(plan.next() ? plan.getString(1) : "");
      long estimate = rows.find() ? Long.parseLong(rows.group(1)) : 0;
      return estimate < LARGE ? OptionalLong.empty() : OptionalLong.of(estimate);
    } catch (SQLException failure) {
      if (!PostgresFailures.isNotSpoken(failure)) {
        throw failure;
      }
      connection.rollback();
      return OptionalLong.empty();
    }
  }
}
