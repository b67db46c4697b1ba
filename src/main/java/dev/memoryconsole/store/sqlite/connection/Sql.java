package dev.memoryconsole.store.sqlite.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs statements that need no parameters and are used once. */
public final class Sql {
  private Sql() {}

  /** Runs one statement. */
  public static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Runs scripts of any number of statements, one after the other. */
  public static void run(Connection connection, String... scripts) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String script : scripts) {
        statement.executeUpdate(script);
      }
    }
  }

  /** Returns the number in the first column of the first row; 0 if there is none. */
  public static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** Returns the text in the first column of every row. */
  public static List<String> strings(Connection connection, String sql) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
    }
    return strings;
  }
}
