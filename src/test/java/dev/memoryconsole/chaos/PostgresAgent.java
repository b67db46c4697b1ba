package dev.memoryconsole.chaos;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.store.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An agent beside the consoles, by a driver and transactions of its own: connects anew for every
 * few writes, and notes what was acknowledged. For one thread.
 */
final class PostgresAgent {
  private final PostgresServer server;
  private final String database;
  private final String name;
  private final int rows;
  private final Random dice;
  private final List<String> own = new ArrayList<>();
  private final List<Acknowledged> writes = new ArrayList<>();
  private long sequence = 1_000;
  private int created;

  /** Writes to rows that all share, r0 and so on, and to some of its own. */
  PostgresAgent(PostgresServer server, String database, int number, int rows, long seed) {
    this.server = server;
    this.database = database;
    this.name = "agent" + number;
    this.rows = rows;
    this.dice = new Random(seed);
  }

  /** What it wrote, as far as it knows. */
  List<Acknowledged> writes() {
    return writes;
  }

  private record Done(String kind, String row) {}

  /** Writes a few times by one connection. */
  void visit() throws InterruptedException {
    try (Connection connection = server.connect(PostgresServer.ADMIN, database)) {
      connection.setAutoCommit(false);
      for (int i = dice.nextInt(6); i >= 0; i--) {
        write(connection);
        TimeUnit.MILLISECONDS.sleep(dice.nextInt(20));
      }
    } catch (SQLException ended) {
      // Somebody has ended the connection; what was under way is noted as uncertain.
      Thread.onSpinWait();
    }
    TimeUnit.MILLISECONDS.sleep(dice.nextInt(50));
  }

  private void write(Connection connection) throws SQLException {
    sequence++;
    long before = System.nanoTime();
    Done done = null;
    try {
      done = writeOne(connection);
      before = System.nanoTime();
      connection.commit();
      note(done, before, true);
    } catch (SQLException failure) {
      note(done, before, false);
      // Two agents that write in another order than ours may be in each other's way.
      if (!"40P01".equals(failure.getSQLState())) {
        throw failure;
      }
      connection.rollback();
    }
  }

  private void note(@Nullable Done done, long before, boolean certain) {
    if (done == null) {
      return;
    }
    if (done.kind().equals("insert")) {
      own.add(done.row());
    }
    writes.add(
        new Acknowledged(
            name, done.kind(), done.row(), sequence, before, System.nanoTime(), certain));
  }

  private @Nullable Done writeOne(Connection connection) throws SQLException {
    int what = dice.nextInt(11);
    if (what < 6) {
      return patch(connection);
    }
    if (what < 8) {
      return insert(connection);
    }
    return what < 10 ? edit(connection) : delete(connection);
  }

  private @Nullable Done patch(Connection connection) throws SQLException {
    String row =
        own.isEmpty() || dice.nextInt(10) < 7
            ? "r" + dice.nextInt(rows)
            : own.get(dice.nextInt(own.size()));
    try (PreparedStatement read =
            connection.prepareStatement("SELECT metadata FROM memories WHERE id = ? FOR UPDATE");
        PreparedStatement write =
            connection.prepareStatement(
                "UPDATE memories SET metadata = CAST(? AS jsonb) WHERE id = ?")) {
      read.setString(1, row);
      ObjectNode metadata;
      try (ResultSet found = read.executeQuery()) {
        if (!found.next()) {
          return null;
        }
        metadata = MetadataJson.objectOrEmpty(found.getString(1));
      }
      write.setString(1, MetadataJson.write(metadata.put(name, sequence)));
      write.setString(2, row);
      write.executeUpdate();
    }
    return new Done("patch", row);
  }

  private Done insert(Connection connection) throws SQLException {
    String row = name + "-" + ++created;
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO memories (id, text, category, scope, importance, timestamp, metadata)"
                + " VALUES (?, ?, 'fact', 'global', 0.5, 1735000000000, CAST(? AS jsonb))")) {
      insert.setString(1, row);
      insert.setString(2, "Note %d of %s.".formatted(sequence, name));
      insert.setString(3, "{\"" + name + "\":" + sequence + "}");
      insert.executeUpdate();
    }
    return new Done("insert", row);
  }

  private @Nullable Done edit(Connection connection) throws SQLException {
    if (own.isEmpty()) {
      return null;
    }
    String row = own.get(dice.nextInt(own.size()));
    try (PreparedStatement edit =
        connection.prepareStatement("UPDATE memories SET text = ? WHERE id = ?")) {
      edit.setString(1, "Edited, now it is %d.".formatted(sequence));
      edit.setString(2, row);
      return edit.executeUpdate() == 1 ? new Done("edit", row) : null;
    }
  }

  private @Nullable Done delete(Connection connection) throws SQLException {
    if (own.size() < 5) {
      return null;
    }
    String row = own.remove(dice.nextInt(own.size()));
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM memories WHERE id = ?")) {
      delete.setString(1, row);
      return delete.executeUpdate() == 1 ? new Done("delete", row) : null;
    }
  }
}
