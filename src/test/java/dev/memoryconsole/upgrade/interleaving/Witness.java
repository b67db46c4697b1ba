package dev.memoryconsole.upgrade.interleaving;

import dev.memoryconsole.upgrade.interleaving.History.Logged;
import dev.memoryconsole.upgrade.interleaving.History.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The log of all writes to the store in the order of their commits, kept by triggers that fire for
 * everybody. Agents say so when they write; whoever says nothing is an engine.
 */
final class Witness {
  private static final String LOG =
      """
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
      CREATE TRIGGER witness_update AFTER UPDATE OF id, text, category, scope, metadata ON memories
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

  private final Connection connection;
  private final Statement control;

  Witness(Connection connection) throws SQLException {
    this.connection = connection;
    control = connection.createStatement();
    control.executeUpdate(LOG);
  }

  /** Inside an agent's transaction: what is written now is an agent's. */
  void agentsTurn(boolean now) throws SQLException {
    control.executeUpdate("UPDATE witness_actor SET name = '" + (now ? "agent" : "engine") + "'");
  }

  /** From now on a write of this row by an engine fails. */
  void poison(String id) throws SQLException {
    control.executeUpdate("INSERT OR IGNORE INTO witness_poison VALUES ('" + id + "')");
  }

  void cure(String id) throws SQLException {
    control.executeUpdate("DELETE FROM witness_poison WHERE id = '" + id + "'");
  }

  /** The number of the last write so far. */
  long lastWrite() throws SQLException {
    try (ResultSet row = control.executeQuery("SELECT coalesce(max(seq), 0) FROM witness_log")) {
      return row.getLong(1);
    }
  }

  /** All writes after that one. */
  List<Logged> logSince(long seq) throws SQLException {
    List<Logged> log = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement("SELECT * FROM witness_log WHERE seq > ? ORDER BY seq")) {
      select.setLong(1, seq);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String op = row.getString(5);
          log.add(
              new Logged(
                  row.getLong(1),
                  row.getString(2).equals("engine"),
                  row.getString(3),
                  row.getLong(4),
                  op.equals("INSERT") ? null : row(row, 6),
                  op.equals("DELETE") ? null : row(row, 10)));
        }
      }
    }
    return log;
  }

  static Row row(ResultSet row, int from) throws SQLException {
    return new Row(
        row.getString(from),
        row.getString(from + 1),
        row.getString(from + 2),
        row.getString(from + 3));
  }
}
