package dev.memoryconsole.upgrade.interleaving;

import dev.memoryconsole.upgrade.interleaving.History.Logged;
import dev.memoryconsole.upgrade.interleaving.History.Row;
import dev.memoryconsole.upgrade.interleaving.ground.Ground;
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
  private final Connection connection;
  private final Statement control;

  Witness(Connection connection, Ground ground) throws SQLException {
    this.connection = connection;
    control = connection.createStatement();
    control.executeUpdate(ground.witness());
  }

  /** Inside an agent's transaction: what is written now is an agent's. */
  void agentsTurn(boolean now) throws SQLException {
    control.executeUpdate("UPDATE witness_actor SET name = '" + (now ? "agent" : "engine") + "'");
  }

  /** From now on a write of this row by an engine fails. */
  void poison(String id) throws SQLException {
    control.executeUpdate(
        "INSERT INTO witness_poison VALUES ('" + id + "') ON CONFLICT DO NOTHING");
  }

  void cure(String id) throws SQLException {
    control.executeUpdate("DELETE FROM witness_poison WHERE id = '" + id + "'");
  }

  /** The number of the last write so far. */
  long lastWrite() throws SQLException {
    try (ResultSet row = control.executeQuery("SELECT coalesce(max(seq), 0) FROM witness_log")) {
      row.next();
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
