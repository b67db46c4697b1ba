package dev.memoryconsole.store.postgres.read;

import dev.memoryconsole.lock.LockWait;
import dev.memoryconsole.lock.LockWaits;
import dev.memoryconsole.store.postgres.connection.PostgresFailures;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks the server who waits for whom in this database. Stateless. */
public final class RowWaits {
  // What a statement is about is at its begin, and whether it locks at its end.
  private static final int LONGEST = 120;
  private static final int HEAD = 56;
  private static final String CUT = " … ";

  private static final String HIDDEN = "<insufficient privilege>";

  // Who may not see others' statements does not see that they wait either: the last condition.
  private static final String SQL =
      """
      SELECT w.pid, w.application_name, w.usename, w.query,
             CAST(extract(epoch FROM clock_timestamp() - w.query_start) * 1000 AS bigint),
             b.pid, b.application_name, b.usename, b.query,
             CAST(extract(epoch FROM clock_timestamp() - b.xact_start) * 1000 AS bigint),
             current_user
      FROM pg_catalog.pg_stat_activity w
      CROSS JOIN LATERAL (
          SELECT DISTINCT pid FROM unnest(pg_catalog.pg_blocking_pids(w.pid)) AS pid) AS blocker
      JOIN pg_catalog.pg_stat_activity b ON b.pid = blocker.pid
      WHERE w.datname = current_database()
        AND (w.wait_event_type = 'Lock' OR w.query = '<insufficient privilege>')
      ORDER BY w.query_start, w.pid, b.pid
      LIMIT 100
      """;

  private RowWaits() {}

  /** All pairs; none where a server can't tell. */
  public static LockWaits now(Connection connection) throws SQLException {
    List<LockWait> found = new ArrayList<>();
    String hiddenFrom = "";
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL statement_timeout = 2000");
      try (ResultSet pairs = statement.executeQuery(SQL)) {
        while (pairs.next()) {
          if (HIDDEN.equals(pairs.getString(4)) || HIDDEN.equals(pairs.getString(9))) {
            hiddenFrom = pairs.getString(11);
          }
          found.add(
              new LockWait(
                  party(pairs, 1), duration(pairs, 5), party(pairs, 6), duration(pairs, 10)));
        }
      }
    } catch (SQLException failure) {
      if (!PostgresFailures.isUnknownFunction(failure)) {
        throw failure;
      }
      connection.rollback();
    }
    return new LockWaits(found, hiddenFrom);
  }

  private static LockWait.Party party(ResultSet pairs, int from) throws SQLException {
    return new LockWait.Party(
        pairs.getInt(from),
        Objects.requireNonNullElse(pairs.getString(from + 1), ""),
        Objects.requireNonNullElse(pairs.getString(from + 2), ""),
        withoutValues(pairs.getString(from + 3)));
  }

  private static @Nullable Duration duration(ResultSet pairs, int at) throws SQLException {
    long millis = pairs.getLong(at);
    return pairs.wasNull() ? null : Duration.ofMillis(Math.max(0, millis));
  }

  /** A statement without what is none of our business: texts, numbers, comments. */
  static String withoutValues(@Nullable String query) {
    if (query == null || query.equals(HIDDEN)) {
      return "";
    }
    String plain =
        query
            .replaceAll("(?s)\\$([A-Za-z_]\\w*)?\\$.*?(\\$\\1\\$|$)", "?")
            .replaceAll("(?s)'(?:[^'\\\\]|''|\\\\.)*+('|$)", "?")
            .replaceAll("(?s)/\\*.*?(\\*/|$)", " ")
            .replaceAll("--[^\\n]*", " ")
            .replaceAll("(?<![\\w$.])[0-9][0-9.]*", "?")
            .replaceAll("\\s+", " ")
            .strip();
    return plain.length() <= LONGEST
        ? plain
        : plain.substring(0, HEAD).strip()
            + CUT
            + plain.substring(plain.length() - (LONGEST - HEAD - CUT.length())).strip();
  }
}
