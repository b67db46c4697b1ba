package dev.memoryconsole.chaos;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.memory.MetadataJson;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knows what must be where. A restore takes the store back on purpose; what it took away must be in
 * the copy it made first. So a write is looked for where its time ended: in the copy of the first
 * restore that began after it, or in the store at the end; one that a restore overlapped, in either
 * of the two that follow. Sequence numbers only rise, so a later value proves an earlier write.
 */
final class Oracle {
  /**
   * A restore that took place.
   *
   * @param began monotonic nanoseconds before it was asked for
   * @param ended the same when it had returned
   * @param safety the copy of what was there before
   */
  record Restore(long began, long ended, Path safety) {}

  /** What can be known of a row. */
  record Row(String text, ObjectNode metadata) {
    static Row of(@Nullable String text, @Nullable String metadata) {
      return new Row(text == null ? "" : text, MetadataJson.objectOrEmpty(metadata));
    }
  }

  private final List<String> violations = new ArrayList<>();
  private int checked;

  /** Answers what is lost, resurrected or half done; empty if all is well. */
  List<String> violations(List<Acknowledged> writes, List<Restore> restores, Path store)
      throws SQLException {
    List<Restore> inOrder =
        restores.stream().sorted(Comparator.comparingLong(Restore::began)).toList();
    List<Map<String, Row>> states = new ArrayList<>();
    for (Restore restore : inOrder) {
      states.add(rows(restore.safety()));
    }
    states.add(rows(store));
    return violations(writes, inOrder, states);
  }

  /** Answers the same for a store that nobody restores. */
  List<String> violations(List<Acknowledged> writes, Map<String, Row> end) {
    return violations(writes, List.of(), List.of(end));
  }

  private List<String> violations(
      List<Acknowledged> writes, List<Restore> inOrder, List<Map<String, Row>> states) {
    Map<String, List<Acknowledged>> deletes = new HashMap<>();
    for (Acknowledged write : writes) {
      if (write.kind().equals("delete")) {
        deletes.computeIfAbsent(write.row(), row -> new ArrayList<>()).add(write);
      }
    }
    // Of a row's writes of one kind in one generation the last one proves the others.
    Map<String, Acknowledged> last = new LinkedHashMap<>();
    for (Acknowledged write : writes) {
      if (write.certain()) {
        last.put(write.agent() + write.kind() + write.row() + generations(write, inOrder), write);
      }
    }
    for (Acknowledged write : last.values()) {
      checked++;
      List<Integer> where = generations(write, inOrder);
      boolean found =
          where.stream()
              .anyMatch(
                  state ->
                      holds(states.get(state), write)
                          || wasDeletedSince(write, deletes.getOrDefault(write.row(), List.of())));
      if (!found) {
        violations.add(write + " is not in state " + where + " of " + states.size());
      }
    }
    states.getLast().forEach(this::checkWhole);
    return violations;
  }

  /** How many last writes were looked for. */
  int checked() {
    return checked;
  }

  /** The numbers of the states in which a write must be seen, in one of them at least. */
  private static List<Integer> generations(Acknowledged write, List<Restore> restores) {
    for (int i = 0; i < restores.size(); i++) {
      Restore restore = restores.get(i);
      if (write.after() < restore.began()) {
        return List.of(i);
      }
      if (write.before() <= restore.ended()) {
        return List.of(i, i + 1);
      }
    }
    return List.of(restores.size());
  }

  private static boolean holds(Map<String, Row> state, Acknowledged write) {
    Row row = state.get(write.row());
    if (row == null) {
      return write.kind().equals("delete");
    }
    return switch (write.kind()) {
      case "patch", "insert" -> row.metadata().path(write.agent()).asLong(-1) >= write.sequence();
      case "edit" -> number(row.text()) >= write.sequence();
      default -> false;
    };
  }

  private static long number(String text) {
    String digits = text.replaceAll("\\D+", "");
    return digits.isEmpty() ? -1 : Long.parseLong(digits);
  }

  private static boolean wasDeletedSince(Acknowledged write, List<Acknowledged> deletes) {
    return !write.kind().equals("delete")
        && deletes.stream().anyMatch(delete -> delete.sequence() > write.sequence());
  }

  private void checkWhole(String id, Row row) {
    ObjectNode metadata = row.metadata();
    if (!metadata.has("upgraded_by")) {
      return;
    }
    for (String key :
        List.of("l0_abstract", "l1_overview", "l2_content", "memory_category", "upgraded_at")) {
      if (!metadata.hasNonNull(key)) {
        violations.add(id + " is half merged: it has no " + key);
      }
    }
  }

  private Map<String, Row> rows(Path file) throws SQLException {
    Map<String, Row> rows = new HashMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      try (ResultSet sound = statement.executeQuery("PRAGMA integrity_check")) {
        String answer = sound.getString(1);
        if (!answer.equals("ok")) {
          violations.add(file + " is damaged: " + answer);
        }
      }
      try (ResultSet row = statement.executeQuery("SELECT id, text, metadata FROM memories")) {
        while (row.next()) {
          rows.put(row.getString(1), Row.of(row.getString(2), row.getString(3)));
        }
      }
    }
    return rows;
  }
}
