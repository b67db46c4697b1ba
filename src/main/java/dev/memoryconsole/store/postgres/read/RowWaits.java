package dev.memoryconsole.store.postgres.read;

import dev.memoryconsole.lock.LockWait;
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
  private static final int LONGEST = 120;
  private static final String HIDDEN = "<insufficient privilege>";

  // Of others' connections who may not see them is told the process alone: the last condition.
  private static final String SQL =
      """
      SELECT w.pid, w.application_name, w.query,
             CAST(extract(epoch FROM clock_timestamp() - w.query_start) * 1000 AS bigint),
             b.pid, b.application_name, b.query,
             CAST(extract(epoch FROM clock_timestamp() - b.xact_start) * 1000 AS bigint)
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
  public static List<LockWait> now(Connection connection) throws SQLException {
    List<LockWait> found = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL statement_timeout = 2000");
      try (ResultSet pairs = statement.executeQuery(SQL)) {
        while (pairs.next()) {
          found.add(
              new LockWait(
                  party(pairs, 1),
                  Duration.ofMillis(Math.max(0, pairs.getLong(4))),
                  party(pairs, 5),
                  Duration.ofMillis(Math.max(0, pairs.getLong(8)))));
        }
      }
    } catch (SQLException failure) {
      if (!PostgresFailures.isUnknownFunction(failure)) {
        throw failure;
      }
      connection.rollback();
    }
    return found;
  }

  private static LockWait.Party party(ResultSet pairs, int from) throws SQLException {
    return new LockWait.Party(
        pairs.getInt(from),
        Objects.requireNonNullElse(pairs.getString(from + 1), ""),
        withoutValues(pairs.getString(from + 2)));
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
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST - 1) + "…";
  }
}
