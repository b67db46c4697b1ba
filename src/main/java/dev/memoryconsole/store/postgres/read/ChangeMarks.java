package dev.memoryconsole.store.postgres.read;

import dev.memoryconsole.store.postgres.connection.Connections;
import dev.memoryconsole.store.postgres.connection.PostgresCode;
import dev.memoryconsole.store.postgres.connection.PostgresFailures;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Tells whether anybody has committed anything. Thread-safe. */
public final class ChangeMarks {
  private volatile boolean told = true;

  /** Another number than before once anybody has; always the same where the server can't tell. */
  public long now(Connections connections) {
    return told ? connections.read(PostgresCode.READING, this::ask) : 0;
  }

  private long ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet mark = statement.executeQuery("SELECT CAST(txid_current_snapshot() AS text)")) {
      return mark.next() ? mark.getString(1).hashCode() : 0;
    } catch (SQLException failure) {
      if (!PostgresFailures.isUnknownFunction(failure)) {
        throw failure;
      }
      told = false;
      connection.rollback();
      return 0;
    }
  }
}
