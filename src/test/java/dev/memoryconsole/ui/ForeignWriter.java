package dev.memoryconsole.ui;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Another program at the store: takes its write lock as the contract says. */
public final class ForeignWriter implements AutoCloseable {
  private final Connection connection;

  public ForeignWriter(Path store) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + store);
    execute("PRAGMA busy_timeout = 10000");
  }

  /** Takes the lock. */
  public void hold() throws SQLException {
    execute("BEGIN IMMEDIATE");
  }

  /** Writes a row and lets go. */
  public void write(String id) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE memories SET importance = 0.7 WHERE id = '" + id.replace("'", "''") + "'");
    }
    execute("COMMIT");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
