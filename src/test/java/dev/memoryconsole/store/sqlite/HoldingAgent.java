package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.store.sqlite.connection.Connections;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Another process that takes the lock, says so, and writes and lets go when it is told. */
final class HoldingAgent {
  private HoldingAgent() {}

  public static void main(String[] arguments) throws SQLException, IOException {
    try (Connection connection = Connections.writer(Path.of(arguments[0]));
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      System.out.println("holding");
      System.in.read();
      statement.execute("UPDATE memories SET text = 'theirs'");
      statement.execute("COMMIT");
    }
  }
}
