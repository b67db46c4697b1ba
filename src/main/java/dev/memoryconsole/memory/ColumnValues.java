package dev.memoryconsole.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values of some columns of a row; a column that is not among them is not spoken of. Immutable.
 *
 * @param values texts or, for the importance, {@link Double}s; null for a column that is to hold
 *     nothing
 */
public record ColumnValues(Map<RowColumn, @Nullable Object> values) {
  /** No column at all. */
  public static final ColumnValues NONE = new ColumnValues(Map.of());

  /** Checks the types. */
  public ColumnValues {
    Map<RowColumn, @Nullable Object> copy = new EnumMap<>(RowColumn.class);
    copy.putAll(values);
    copy.forEach(
        (column, value) -> {
          Class<?> type = column == RowColumn.IMPORTANCE ? Double.class : String.class;
          if (value != null && !type.isInstance(value)) {
            throw new IllegalArgumentException(column + " can't hold a " + value.getClass());
          }
        });
    values = Collections.unmodifiableMap(copy);
  }

  /** What a row holds in these columns. */
  public static ColumnValues of(MemoryEntry row, Collection<RowColumn> columns) {
    Map<RowColumn, @Nullable Object> values = new EnumMap<>(RowColumn.class);
    columns.forEach(column -> values.put(column, column.of(row)));
    return new ColumnValues(values);
  }

  /** Whether no column is spoken of. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** Whether this column is spoken of. */
  public boolean has(RowColumn column) {
    return values.containsKey(column);
  }

  /** The text of a column; null if it is to hold nothing. */
  public @Nullable String text(RowColumn column) {
    return (String) values.get(column);
  }

  /** The importance; null if it is to hold nothing. */
  public @Nullable Double importance() {
    return (Double) values.get(RowColumn.IMPORTANCE);
  }

  /** Those columns in which a row holds something else. */
  public ColumnValues changing(MemoryEntry row) {
    Map<RowColumn, @Nullable Object> changes = new EnumMap<>(RowColumn.class);
    values.forEach(
        (column, value) -> {
          if (!same(column.of(row), value)) {
            changes.put(column, value);
          }
        });
    return new ColumnValues(changes);
  }

  /**
   * What an undo writes into a row: in each column where the row still holds what was written the
   * value from before, and where somebody wrote another one since, nothing.
   */
  public static ColumnValues undo(MemoryEntry row, ColumnValues before, ColumnValues written) {
    Map<RowColumn, @Nullable Object> back = new EnumMap<>(RowColumn.class);
    written.values.forEach(
        (column, value) -> {
          if (before.has(column) && same(column.of(row), value)) {
            back.put(column, before.values.get(column));
          }
        });
    return new ColumnValues(back).changing(row);
  }

  /** Whether two values are one. A store may keep the importance in single precision. */
  public static boolean same(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Double first && other instanceof Double second) {
      return first.equals(second) || isRounded(first, second) || isRounded(second, first);
    }
    return Objects.equals(one, other);
  }

  private static boolean isRounded(double one, double other) {
    return one == (float) other;
  }

  /** The values as the journal keeps them; null if there are none. */
  public @Nullable String json() {
    return isEmpty() ? null : MetadataJson.write(node());
  }

  /** The values as an object with the columns' names. */
  public ObjectNode node() {
    ObjectNode node = MetadataJson.objectOrEmpty(null);
    values.forEach(
        (column, value) -> {
          if (value instanceof Double number) {
            node.put(column.key(), number);
          } else {
            node.put(column.key(), (String) value);
          }
        });
    return node;
  }

  /** Reads what {@link #json} wrote. */
  public static ColumnValues ofJson(@Nullable String json) {
    return json == null ? NONE : ofNode(MetadataJson.objectOrEmpty(json));
  }

  /** Reads what {@link #node} made. */
  public static ColumnValues ofNode(JsonNode node) {
    Map<RowColumn, @Nullable Object> values = new EnumMap<>(RowColumn.class);
    for (RowColumn column : RowColumn.values()) {
      Optional.ofNullable(node.get(column.key()))
          .ifPresent(
              value ->
                  values.put(
                      column,
                      value.isNull()
                          ? null
                          : column == RowColumn.IMPORTANCE
                              ? (Object) value.doubleValue()
                              : value.textValue()));
    }
    return new ColumnValues(values);
  }
}
