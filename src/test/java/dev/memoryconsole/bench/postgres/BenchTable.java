package dev.memoryconsole.bench.postgres;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.postgres.PostgresServer;
import dev.memoryconsole.testing.ManyRows;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** A table of many memories on a server that syncs what it commits, as those do that are used. */
record BenchTable(PostgresServer server, String database) {
  private static final int WORDS = 14;
  private static final String FSYNC = System.getProperty("bench.fsync", "on");

  static BenchTable of(int rows) throws IOException, SQLException {
    PostgresServer server =
        PostgresServer.of("fsync=" + FSYNC, "shared_buffers=256MB", "max_wal_size=4GB");
    String database = server.newDatabase();
    server.makeTable(database, "jsonb").close();
    BenchTable table = new BenchTable(server, database);
    try (Connection connection = table.connect()) {
      connection.setAutoCommit(false);
      ManyRows.insert(connection, rows, WORDS, 1);
      connection.commit();
      connection.setAutoCommit(true);
      try (Statement statement = connection.createStatement()) {
        statement.execute("VACUUM ANALYZE memories");
        statement.execute("CHECKPOINT");
      }
    }
    return table;
  }

  /** As any program connects, with texts that become what their columns want. */
  Connection connect() throws SQLException {
    return connect(server.port(), database);
  }

  static Connection connect(int port, String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", PostgresServer.ADMIN);
    properties.setProperty("password", PostgresServer.PASSWORD);
    properties.setProperty("stringtype", "unspecified");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
  }

  MemoryStore open() {
    return server.openTable(database);
  }

  /** Some that are legacy still. */
  List<String> legacy(int most) {
    try (MemoryStore store = open()) {
      return store.ids(EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY)), most);
    }
  }

  static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
