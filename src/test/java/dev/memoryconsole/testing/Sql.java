package dev.memoryconsole.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** SQLite as another program uses it: every call opens a connection of its own and closes it. */
public final class Sql {
  /** A table of memories as programs make it that know nothing of this one. */
  public static final String THEIR_TABLE =
      "CREATE TABLE memories (id TEXT PRIMARY KEY, text TEXT, category TEXT, scope TEXT,"
          + " importance REAL, timestamp INTEGER, metadata TEXT)";

  private static final int PATIENCE_SECONDS = 30;

  private Sql() {}

  /** A connection that waits for others' locks as long as a busy machine may need. */
  public static Connection connect(Path database) throws SQLException {
    Connection connection =
        DriverManager.getConnection("jdbc:sqlite:file:" + database.toUri().getRawPath());
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = " + PATIENCE_SECONDS * 1_000);
    }
    return connection;
  }

  /** Takes the lock that writers take, and lets go of it when the connection is closed. */
  public static Connection hold(Path database) throws SQLException {
    Connection connection = connect(database);
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
    }
    return connection;
  }

  /** Executes statements, one after the other, on one connection. */
  public static void run(Path database, String... statements) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Executes a statement with parameters and answers how many rows it changed. */
  public static int update(Path database, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (Connection connection = connect(database);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    }
  }

  /** The first column of the first row as text, {@code "null"} for null, empty for no row. */
  public static String value(Path database, String query) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  /** The first two columns of all rows, ordered by the first. */
  public static Map<String, String> pairs(Path database, String query) throws SQLException {
    Map<String, String> pairs = new TreeMap<>();
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        pairs.put(row.getString(1), row.getString(2));
      }
    }
    return pairs;
  }

  /** The first column of the first row as a number. */
  public static long number(Path database, String query) throws SQLException {
    return Long.parseLong(value(database, query));
  }
}
