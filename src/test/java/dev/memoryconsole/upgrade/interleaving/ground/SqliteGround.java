package dev.memoryconsole.upgrade.interleaving.ground;

import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.sqlite.SqliteOptions;
import dev.memoryconsole.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** An SQLite file: who writes has the whole of it. */
public record SqliteGround(Path file) implements Ground {
  @Override
  public MemoryStore open() {
    return SqliteStore.open(file, SqliteOptions.DEFAULT.withoutCourtesy());
  }

  @Override
  public Connection agents() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement control = connection.createStatement()) {
      control.execute("PRAGMA busy_timeout = 60000");
      control.execute("PRAGMA synchronous = NORMAL");
    }
    return connection;
  }

  @Override
  public String witness() {
    return """
    CREATE TABLE witness_actor (name TEXT);
    INSERT INTO witness_actor VALUES ('engine');
    CREATE TABLE witness_poison (id TEXT PRIMARY KEY);
    CREATE TABLE witness_log (
      seq INTEGER PRIMARY KEY, actor TEXT, id TEXT, version INTEGER, op TEXT,
      text1 TEXT, category1 TEXT, scope1 TEXT, metadata1 TEXT,
      text2 TEXT, category2 TEXT, scope2 TEXT, metadata2 TEXT);
    CREATE TRIGGER witness_poisoned BEFORE UPDATE OF metadata ON memories
    WHEN (SELECT name FROM witness_actor) = 'engine'
      AND new.id IN (SELECT id FROM witness_poison)
    BEGIN SELECT RAISE(ABORT, 'this row is poisoned'); END;
    CREATE TRIGGER witness_insert AFTER INSERT ON memories BEGIN
      INSERT INTO witness_log SELECT NULL, name, new.id, 0, 'INSERT', NULL, NULL, NULL, NULL,
        new.text, new.category, new.scope, new.metadata FROM witness_actor;
    END;
    CREATE TRIGGER witness_update
    AFTER UPDATE OF id, text, category, scope, metadata ON memories
    BEGIN
      INSERT INTO witness_log SELECT NULL, name, new.id, old.version, 'UPDATE',
        old.text, old.category, old.scope, old.metadata,
        new.text, new.category, new.scope, new.metadata FROM witness_actor;
    END;
    CREATE TRIGGER witness_delete AFTER DELETE ON memories BEGIN
      INSERT INTO witness_log SELECT NULL, name, old.id, old.version, 'DELETE',
        old.text, old.category, old.scope, old.metadata, NULL, NULL, NULL, NULL
        FROM witness_actor;
    END;
    """;
  }

  @Override
  public String begin() {
    return "BEGIN IMMEDIATE";
  }

  @Override
  public String lockingRead() {
    return "";
  }

  @Override
  public String setKey() {
    return "UPDATE memories SET metadata = json_set(metadata, '$.' || ?, ?) WHERE id = ?";
  }

  @Override
  public void close() {
    // The folder goes with the test.
  }
}
