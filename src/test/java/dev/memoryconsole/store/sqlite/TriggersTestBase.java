package dev.memoryconsole.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store that another program has open too. */
abstract class TriggersTestBase {
  @TempDir Path folder;
  SqliteStore store;
  Connection other;

  @BeforeEach
  void open() throws SQLException {
    Path file = folder.resolve("memories.db");
    store = SqliteStore.create(file);
    other = DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  @AfterEach
  void close() throws SQLException {
    other.close();
    store.close();
  }

  void sql(String sql) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  long version(String id) {
    return store.find(List.of(id)).getFirst().version();
  }
}
