package dev.memoryconsole.upgrade.shared;

import dev.memoryconsole.store.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** A table of legacy memories in a database of its own. */
public final class SharedTable implements AutoCloseable {
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.newDatabase();

  /** Each row has one key of its agent's. */
  public SharedTable(int rows) throws SQLException {
    server.makeTable(database).close();
    try (Connection agent = server.connect(PostgresServer.ADMIN, database);
        PreparedStatement insert =
            agent.prepareStatement(
                "INSERT INTO memories (id, text, category, scope, timestamp, metadata)"
                    + " VALUES (?, ?, 'fact', 'global', 1700000000000, '{ \"count\": 0 }')")) {
      agent.setAutoCommit(false);
      for (int row = 0; row < rows; row++) {
        insert.setString(1, "row" + row);
        insert.setString(2, "The text of " + row);
        insert.addBatch();
      }
      insert.executeBatch();
      agent.commit();
    }
  }

  /** Where it is. */
  public String url() {
    return server.url(database);
  }

  PostgresServer server() {
    return server;
  }

  /** The name of its database. */
  public String database() {
    return database;
  }

  void execute(String statement) {
    server.execute(database, statement);
  }

  /** The metadata of all rows, to the byte. */
  Map<String, String> metadata() throws SQLException {
    return texts("SELECT id, metadata FROM memories");
  }

  /** How often each row was written since it was added. */
  public Map<String, String> writes() throws SQLException {
    return texts("SELECT id, version - 1 FROM memories");
  }

  /** What the first two columns of a query hold. */
  Map<String, String> texts(String query) throws SQLException {
    Map<String, String> texts = new TreeMap<>();
    try (Connection looker = server.connect(PostgresServer.ADMIN, database);
        Statement statement = looker.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        texts.put(row.getString(1), row.getString(2));
      }
    }
    return texts;
  }

  @Override
  public void close() {
    server.drop(database);
  }
}
