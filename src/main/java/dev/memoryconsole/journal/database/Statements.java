package dev.memoryconsole.journal.database;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.cancel.sqlite.Attention;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements on one connection, each made and closed for one use, apart from {@link #asked}.
 * For one thread at a time. Values are strings, numbers, booleans, bytes or null.
 */
public final class Statements {
  private final Connection connection;
  private final @Nullable Attention attention;
  private final Map<String, PreparedStatement> kept = new HashMap<>();

  private Statements(Connection connection, @Nullable Attention attention) {
    this.connection = connection;
    this.attention = attention;
  }

  /** The connection is the caller's to close. */
  public Statements(Connection connection) {
    this(connection, null);
  }

  /**
   * Runs queries that are given up, with a {@link java.util.concurrent.CancellationException}, once
   * nobody waits for them: {@link Cancellation}. The connection is the caller's to close.
   */
  public static Statements toRead(Connection connection) throws SQLException {
    return new Statements(connection, Attention.on(connection));
  }

  /** Makes something of a row. */
  public interface Row<T> {
    /** Reads the row that the result is at. */
    T read(ResultSet row) throws SQLException;
  }

  /** What a query finds, in its order. */
  public <T> List<T> list(String sql, Row<T> reader, @Nullable Object... values)
      throws SQLException {
    return query(
        sql,
        row -> {
          List<T> list = new ArrayList<>();
          while (row.next()) {
            list.add(reader.read(row));
          }
          return list;
        },
        values);
  }

  /** Takes note of a row. */
  public interface Visit {
    /** Looks at the row that the result is at. */
    void see(ResultSet row) throws SQLException;
  }

  /** Shows what a query finds, row by row in its order, and keeps nothing of it. */
  public void each(String sql, Visit visit, @Nullable Object... values) throws SQLException {
    query(
        sql,
        row -> {
          while (row.next()) {
            visit.see(row);
          }
          return true;
        },
        values);
  }

  /** The number in the first column of the first row; 0 if there is no row. */
  public long number(String sql, @Nullable Object... values) throws SQLException {
    return query(sql, row -> row.next() ? row.getLong(1) : 0L, values);
  }

  /**
   * The number in the first column of the first row, null if there is no row; by a statement that
   * is kept, for what is asked again and again.
   */
  public @Nullable Long asked(String sql, long value) throws SQLException {
    PreparedStatement statement = kept.remove(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
    }
    boolean works = false;
    try {
      statement.setLong(1, value);
      try (ResultSet rows = statement.executeQuery()) {
        Long answer = rows.next() ? Long.valueOf(rows.getLong(1)) : null;
        works = true;
        return answer;
      }
    } finally {
      // After a failure another is made: the driver may have closed this one for good.
      if (works) {
        kept.put(sql, statement);
      } else {
        statement.close();
      }
    }
  }

  private <T> T query(String sql, Row<T> reader, @Nullable Object... values) throws SQLException {
    if (attention == null) {
      return answer(sql, reader, values);
    }
    attention.begin();
    try {
      return answer(sql, reader, values);
    } catch (SQLException failure) {
      Cancellation.check();
      throw failure;
    }
  }

  private <T> T answer(String sql, Row<T> reader, @Nullable Object... values) throws SQLException {
    try (PreparedStatement select = prepare(sql, values);
        ResultSet rows = select.executeQuery()) {
      return reader.read(rows);
    }
  }

  /** Changes rows; answers how many. */
  public int update(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement update = prepare(sql, values)) {
      return update.executeUpdate();
    }
  }

  // The caller closes it.
  private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  /** A number that may be missing. */
  public static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : Long.valueOf(value);
  }
}
