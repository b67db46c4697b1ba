package dev.memoryconsole.mend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.memory.MetadataUndo;
import dev.memoryconsole.memory.RowColumn;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a mend does with one memory, and what the admin saw when deciding on it: only a row in which
 * that is still so is written. Immutable; the nodes are not to be changed.
 */
public sealed interface MendPlan {
  /** Plans to set fields of a row as the admin sees it. */
  static MendPlan of(MemoryEntry row, FieldChanges changes) {
    ObjectNode keys = MetadataJson.objectOrEmpty(null);
    ObjectNode seenKeys = MetadataJson.objectOrEmpty(null);
    Map<RowColumn, @Nullable Object> columns = new EnumMap<>(RowColumn.class);
    ObjectNode metadata = MetadataJson.objectOrEmpty(row.metadata());
    changes
        .values()
        .forEach(
            (field, value) -> {
              String key = field.metadataKey();
              RowColumn column = field.column();
              if (key != null) {
                keys.put(key, (String) value);
                JsonNode seen = metadata.get(key);
                seenKeys.set(key, seen == null ? seenKeys.nullNode() : seen);
              } else if (column != null) {
                columns.put(column, value);
              }
            });
    ColumnValues wanted = new ColumnValues(columns);
    return new Fields(keys, wanted, seenKeys, ColumnValues.of(row, columns.keySet()));
  }

  /** Plans to delete a row as the admin sees it. */
  static MendPlan deletionOf(MemoryEntry row) {
    return new Removal(SeenRow.of(row));
  }

  /** What is to be done with a row as it is now. */
  default Fit fit(MemoryEntry row) {
    if (row.flaw() != null) {
      return Fit.UNWRITABLE;
    }
    if (LegacyRule.stateOf(row) == MemoryState.CORPUS) {
      return Fit.CORPUS;
    }
    if (isDone(row)) {
      return Fit.DONE;
    }
    return isAsSeen(row) ? Fit.OPEN : Fit.CHANGED;
  }

  /**
   * What would change: a field's name, its value before, null if it has none, and after, as JSON.
   */
  record Change(String field, @Nullable String before, String after) {}

  /** How a row stands to a plan. */
  enum Fit {
    /** It is as it was seen. */
    OPEN,
    /** It holds already what is to be set. */
    DONE,
    /** What is to be set was changed by somebody since it was seen. */
    CHANGED,
    /** It is kept in step with a file: what is written there is lost. */
    CORPUS,
    /** It can't be read without loss, so it is never written. */
    UNWRITABLE
  }

  /** What the plan changes in a row that is as it was seen; nothing if it deletes it. */
  List<Change> changes();

  /** Whether the row is deleted. */
  default boolean deletes() {
    return false;
  }

  /** Whether a row holds already what is to be set. */
  boolean isDone(MemoryEntry row);

  /** Whether a row holds what was seen. */
  boolean isAsSeen(MemoryEntry row);

  /** The first thing that a row holds otherwise than it was seen, for a sentence. */
  String changed(MemoryEntry row);

  /** The plan as the journal keeps it. */
  String json();

  /** Reads what {@link #json} wrote. */
  static MendPlan ofJson(String json) {
    ObjectNode node = MetadataJson.objectOrEmpty(json);
    if (node.has(Merge.MERGE)) {
      return Merge.ofNode(node);
    }
    return node.has(Removal.DELETE)
        ? new Removal(SeenRow.ofNode(node.path(Removal.DELETE)))
        : Fields.ofNode(node);
  }

  /**
   * Fields are set.
   *
   * @param keys what keys of the metadata become
   * @param columns what columns become
   * @param seenKeys those keys as they were seen; null for one that was not there
   * @param seenColumns those columns as they were seen
   */
  record Fields(
      ObjectNode keys, ColumnValues columns, ObjectNode seenKeys, ColumnValues seenColumns)
      implements MendPlan {
    private static final String SET = "set";
    private static final String SEEN = "seen";
    private static final String COLUMNS = "columns";
    private static final String SEEN_COLUMNS = "seenColumns";

    @Override
    public List<Change> changes() {
      List<Change> changes = new ArrayList<>();
      keys.properties()
          .forEach(key -> add(changes, key.getKey(), seenKeys.get(key.getKey()), key.getValue()));
      ObjectNode before = seenColumns.node();
      columns
          .node()
          .properties()
          .forEach(key -> add(changes, key.getKey(), before.get(key.getKey()), key.getValue()));
      return changes;
    }

    private static void add(
        List<Change> changes, String field, @Nullable JsonNode seen, JsonNode wanted) {
      JsonNode before = given(seen);
      if (!MetadataUndo.same(before, wanted)) {
        changes.add(
            new Change(
                field,
                before == null ? null : MetadataJson.write(before),
                MetadataJson.write(wanted)));
      }
    }

    @Override
    public boolean isDone(MemoryEntry row) {
      return columns.changing(row).isEmpty() && holds(row, keys);
    }

    @Override
    public boolean isAsSeen(MemoryEntry row) {
      return seenColumns.changing(row).isEmpty() && holds(row, seenKeys);
    }

    private static boolean holds(MemoryEntry row, ObjectNode wanted) {
      ObjectNode now = MetadataJson.objectOrEmpty(row.metadata());
      return wanted.properties().stream()
          .allMatch(key -> MetadataUndo.same(given(now.get(key.getKey())), given(key.getValue())));
    }

    private static @Nullable JsonNode given(@Nullable JsonNode node) {
      return node == null || node.isNull() ? null : node;
    }

    @Override
    public String changed(MemoryEntry row) {
      ObjectNode now = MetadataJson.objectOrEmpty(row.metadata());
      for (Map.Entry<String, JsonNode> key : seenKeys.properties()) {
        if (!MetadataUndo.same(given(now.get(key.getKey())), given(key.getValue()))) {
          return key.getKey();
        }
      }
      return seenColumns.changing(row).values().keySet().stream()
          .map(RowColumn::key)
          .findFirst()
          .orElse(Keys.TYPE);
    }

    @Override
    public String json() {
      ObjectNode node = MetadataJson.objectOrEmpty(null);
      if (!keys.isEmpty()) {
        node.set(SET, keys);
        node.set(SEEN, seenKeys);
      }
      if (!columns.isEmpty()) {
        node.set(COLUMNS, columns.node());
        node.set(SEEN_COLUMNS, seenColumns.node());
      }
      return MetadataJson.write(node);
    }

    private static Fields ofNode(ObjectNode node) {
      return new Fields(
          object(node, SET),
          ColumnValues.ofNode(node.path(COLUMNS)),
          object(node, SEEN),
          ColumnValues.ofNode(node.path(SEEN_COLUMNS)));
    }

    private static ObjectNode object(ObjectNode node, String key) {
      return node.get(key) instanceof ObjectNode object ? object : MetadataJson.objectOrEmpty(null);
    }
  }

  /** What was decided on seeing all of a row, and holds for that very row only. */
  sealed interface SeenWhole extends MendPlan {
    /** The row as it was seen. */
    SeenRow seen();

    @Override
    default boolean isDone(MemoryEntry row) {
      return false;
    }

    @Override
    default boolean isAsSeen(MemoryEntry row) {
      return seen().changed(row).isEmpty();
    }

    @Override
    default String changed(MemoryEntry row) {
      return seen().changed(row).orElse("");
    }
  }

  /**
   * The row is deleted.
   *
   * @param seen the row as it was seen
   */
  record Removal(SeenRow seen) implements SeenWhole {
    private static final String DELETE = "delete";

    @Override
    public boolean deletes() {
      return true;
    }

    @Override
    public List<Change> changes() {
      return List.of();
    }

    @Override
    public String json() {
      ObjectNode node = MetadataJson.objectOrEmpty(null);
      node.set(DELETE, seen.node());
      return MetadataJson.write(node);
    }
  }

  /**
   * The row is one of several duplicates, of which one is kept. All of them are written in one go,
   * or none is.
   *
   * @param keeper the id of the one that is kept
   * @param size how many they are
   * @param fate what becomes of this one
   * @param seen the row as it was seen
   * @param changes what would change in it, as it was seen; not kept in the journal, because what
   *     is written is worked out from the rows as they are then
   */
  record Merge(String keeper, int size, Fate fate, SeenRow seen, List<Change> changes)
      implements SeenWhole {
    private static final String MERGE = "merge";
    private static final String SIZE = "size";
    private static final String FATE = "fate";
    private static final String SEEN = "seen";

    /** What becomes of a duplicate. */
    public enum Fate {
      /** It takes over what the others have counted. */
      KEPT,
      ARCHIVED,
      DELETED
    }

    /** Copies the list. */
    public Merge {
      changes = List.copyOf(changes);
    }

    @Override
    public boolean deletes() {
      return fate == Fate.DELETED;
    }

    @Override
    public String json() {
      ObjectNode node = MetadataJson.objectOrEmpty(null);
      node.put(MERGE, keeper).put(SIZE, size).put(FATE, fate.name());
      node.set(SEEN, seen.node());
      return MetadataJson.write(node);
    }

    private static Merge ofNode(ObjectNode node) {
      return new Merge(
          node.path(MERGE).asText(),
          node.path(SIZE).asInt(),
          Fate.valueOf(node.path(FATE).asText()),
          SeenRow.ofNode(node.path(SEEN)),
          List.of());
    }
  }
}
