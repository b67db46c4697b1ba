package dev.memoryconsole.upgrade.interleaving;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.upgrade.interleaving.History.Logged;
import dev.memoryconsole.upgrade.interleaving.History.Row;
import dev.memoryconsole.upgrade.interleaving.Schedule.Op;
import dev.memoryconsole.upgrade.interleaving.ground.Ground;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who writes to the store but the engines, on a connection of their own. Safe for use by
 * many threads; one writes at a time.
 */
final class Agents implements AutoCloseable {
  private final Ground ground;
  private final Connection connection;
  private final Statement control;
  private final Witness witness;
  private final ReentrantLock turn = new ReentrantLock();
  // Whoever comes here may have been interrupted, which would close a connection.
  private final ExecutorService apart = Executors.newVirtualThreadPerTaskExecutor();
  private final Ledger ledger = new Ledger();
  private final Map<String, Row> readEarly = new HashMap<>();
  private final Map<String, Row> deleted = new HashMap<>();
  private final Map<Op, Integer> acknowledged = new HashMap<>();

  Agents(Ground ground) throws SQLException {
    this.ground = ground;
    connection = ground.agents();
    control = connection.createStatement();
    witness = new Witness(connection, ground);
  }

  interface Work {
    /** Answers whether it wrote. */
    boolean run() throws SQLException;
  }

  /** One agent's transaction; it begins with the write lock. */
  private boolean write(Work work) {
    return CompletableFuture.supplyAsync(() -> writeNow(work), apart).join();
  }

  private boolean writeNow(Work work) {
    turn.lock();
    try {
      control.execute(ground.begin());
      try {
        witness.agentsTurn(true);
        boolean wrote = work.run();
        witness.agentsTurn(false);
        control.execute("COMMIT");
        return wrote;
      } catch (SQLException | RuntimeException e) {
        control.execute("ROLLBACK");
        throw e;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      turn.unlock();
    }
  }

  void insert(String id, Row row) {
    write(() -> add(id, row));
  }

  /** Does what the step says to this row. */
  void act(Op op, String id, int value) {
    boolean wrote =
        write(
            () -> {
              Row row = row(id);
              return row == null ? actOnNothing(op, id, value) : act(op, id, row, value);
            });
    if (wrote) {
      turn.lock();
      try {
        acknowledged.merge(op, 1, Integer::sum);
      } finally {
        turn.unlock();
      }
    }
  }

  private boolean actOnNothing(Op op, String id, int value) throws SQLException {
    return switch (op) {
      case INSERT_NEW ->
          add(
              id,
              new Row(Generator.text("new" + value), "fact", "global", "{\"note\":" + value + "}"));
      case INSERT_AS_IT_WAS -> {
        Row was = deleted.get(id);
        yield was != null && add(id, was);
      }
      default -> false;
    };
  }

  private boolean act(Op op, String id, Row row, int value) throws SQLException {
    switch (op) {
      case SET_KEY -> jsonSet(id, row, "k" + value % 3, "v" + value);
      case COUNT -> change(id, row, "counter", Json.number(counted(row.metadata(), "counter") + 1));
      case LIFECYCLE -> lifecycle(id, row, value);
      case REMOVE_OWN_KEY -> remove(id, row, value, false);
      case REMOVE_ANY_KEY -> remove(id, row, value, true);
      case READ_EARLY -> readEarly.put(id, row);
      case WRITE_LATE -> {
        Map<String, JsonNode> old = Json.objectOrEmpty(readEarly.getOrDefault(id, row).metadata());
        old.put("late", Json.text("v" + value));
        replace(id, Json.write(old));
      }
      case EDIT_TEXT -> set(id, "text", Generator.text("edit" + value));
      case EDIT_TEXT_AND_BACK -> {
        set(id, "text", Generator.text("for a moment"));
        set(id, "text", row.text());
      }
      case DELETE -> delete(id, row);
      case RESCOPE -> set(id, "scope", Generator.SCOPES.get(value % Generator.SCOPES.size()));
      case RECATEGORISE ->
          set(id, "category", Generator.CATEGORIES.get(value % Generator.CATEGORIES.size()));
      case METADATA_NULL -> replace(id, null);
      case METADATA_NO_JSON -> replace(id, "no json " + value);
      case METADATA_KEY_TWICE ->
          replace(id, "{\"k1\":\"once\",\"tier\":\"core\",\"k1\":\"v" + value + "\"}");
      case PLUGIN_UPGRADE -> {
        change(id, row, "memory_category", Json.text("events"));
        change(id, now(id), "l0_abstract", Json.text("Plugin's abstract " + value));
        change(id, now(id), "l1_overview", Json.text("- Plugin's overview " + value));
        change(id, now(id), "l2_content", Json.text(row.text()));
      }
      case PLUGIN_LAYER -> change(id, row, "l0_abstract", Json.text("Own abstract " + value));
      case DOWNGRADE -> change(id, row, "memory_category", null);
      case POISON -> witness.poison(id);
      case CURE -> witness.cure(id);
      case DROP_UNPARSED -> {
        if (!Json.objectOrEmpty(row.metadata()).containsKey(Oracle.UNPARSED)) {
          return false;
        }
        change(id, row, Oracle.UNPARSED, null);
      }
      case INSERT_NEW, INSERT_AS_IT_WAS, OTHER_ENGINE, CANCEL, PAUSE -> {
        return false;
      }
    }
    return true;
  }

  private Row now(String id) throws SQLException {
    Row row = row(id);
    if (row == null) {
      throw new IllegalStateException(id + " is gone inside the lock");
    }
    return row;
  }

  private static long counted(@Nullable String metadata, String key) {
    JsonNode old = Json.objectOrEmpty(metadata).get(key);
    return old == null ? 0 : old.asLong();
  }

  private void lifecycle(String id, Row row, int value) throws SQLException {
    switch (value % 5) {
      case 0 ->
          change(id, row, "access_count", Json.number(counted(row.metadata(), "access_count") + 1));
      case 1 -> change(id, row, "tier", Json.text(value % 2 == 0 ? "core" : "peripheral"));
      case 2 -> change(id, row, "last_accessed_at", Json.number(1_700_000_000_000L + value));
      case 3 -> change(id, row, "confidence", value % 2 == 0 ? Json.number(1) : Json.number(0));
      default -> change(id, row, "state", Json.text("pending"));
    }
  }

  private void remove(String id, Row row, int value, boolean any) throws SQLException {
    List<String> keys =
        Json.objectOrEmpty(row.metadata()).keySet().stream()
            .filter(key -> any || !Oracle.ENGINE_KEYS.contains(key))
            .toList();
    if (!keys.isEmpty()) {
      change(id, row, keys.get(value % keys.size()), null);
    }
  }

  /** The quick way: one statement sets one key. */
  private void jsonSet(String id, Row row, String key, String value) throws SQLException {
    if (Json.object(row.metadata()) == null || hasTwice(row.metadata())) {
      change(id, row, key, Json.text(value));
      return;
    }
    try (PreparedStatement update = connection.prepareStatement(ground.setKey())) {
      update.setString(1, key);
      update.setString(2, value);
      update.setString(3, id);
      update.executeUpdate();
    }
    ledger.changed(id, key, Json.text(value));
  }

  // json_set changes the first of two, whoever reads takes the last.
  private static boolean hasTwice(@Nullable String metadata) {
    return metadata != null && metadata.indexOf("\"k1\"") != metadata.lastIndexOf("\"k1\"");
  }

  /** Read, modify, write of the whole metadata. */
  private void change(String id, Row row, String key, @Nullable JsonNode value)
      throws SQLException {
    Map<String, JsonNode> object = Json.object(row.metadata());
    if (object == null) {
      replace(id, value == null ? "{}" : Json.write(Map.of(key, value)));
      return;
    }
    if (value == null) {
      object.remove(key);
    } else {
      object.put(key, value);
    }
    set(id, "metadata", Json.write(object));
    ledger.changed(id, key, value);
  }

  private void replace(String id, @Nullable String metadata) throws SQLException {
    set(id, "metadata", metadata);
    ledger.replaced(id, metadata);
  }

  private void set(String id, String column, @Nullable String value) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE memories SET " + column + " = ? WHERE id = ?")) {
      update.setString(1, value);
      update.setString(2, id);
      update.executeUpdate();
    }
  }

  private void delete(String id, Row row) throws SQLException {
    deleted.put(id, row);
    control.executeUpdate("DELETE FROM memories WHERE id = '" + id + "'");
    ledger.deleted(id);
  }

  private boolean add(String id, Row row) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO memories (id, text, category, scope, timestamp, metadata)"
                + " VALUES (?, ?, ?, ?, 1735000000000, ?)")) {
      insert.setString(1, id);
      insert.setString(2, row.text());
      insert.setString(3, row.category());
      insert.setString(4, row.scope());
      insert.setString(5, row.metadata());
      insert.executeUpdate();
    }
    ledger.replaced(id, row.metadata());
    return true;
  }

  private @Nullable Row row(String id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT text, category, scope, metadata FROM memories WHERE id = ?"
                + ground.lockingRead())) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Witness.row(row, 1) : null;
      }
    }
  }

  /** The number of the last write so far, whoever wrote. */
  long lastWrite() {
    return CompletableFuture.supplyAsync(this::lastWriteNow, apart).join();
  }

  private long lastWriteNow() {
    turn.lock();
    try {
      return witness.lastWrite();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      turn.unlock();
    }
  }

  /** All writes after that one, whoever wrote. */
  List<Logged> logSince(long seq) throws SQLException {
    return witness.logSince(seq);
  }

  /** What the agents miss in these rows, in the end. */
  List<Violation> complaints(List<String> ids) throws SQLException {
    List<Violation> complaints = new ArrayList<>();
    for (String id : ids) {
      Row row = row(id);
      if (row != null) {
        Violation violation = ledger.check(id, row.metadata());
        if (violation != null) {
          complaints.add(violation);
        }
      } else if (ledger.isThere(id)) {
        complaints.add(new Violation(Violation.Kind.LOST, id + " is gone"));
      }
    }
    return complaints;
  }

  /** How many writes of each kind were acknowledged. */
  Map<Op, Integer> acknowledged() {
    return acknowledged;
  }

  @Override
  public void close() throws SQLException {
    apart.close();
    connection.close();
  }
}
