package dev.memoryconsole.store.lance.table;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.lance.format.LanceCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Which of the columns that this program reads a table has. All, but for the table of OpenClaw's
 * built-in plugin memory-lancedb: that has no metadata, at first no scope either, and another
 * column for the time.
 *
 * @param columns the names of the table's columns
 */
public record Shape(Set<String> columns) {
  /** Tells it from a table's schema. */
  public static Shape of(Schema schema) {
    return new Shape(
        schema.getFields().stream().map(Field::getName).collect(Collectors.toUnmodifiableSet()));
  }

  boolean isBuiltIn() {
    return !columns.contains(TableColumns.METADATA) && columns.contains(TableColumns.CREATED);
  }

  /** All that an entry holds: not the vector, which may be many times as large as the rest. */
  List<String> ofEntry() {
    return present(
        TableColumns.ID,
        TableColumns.TEXT,
        TableColumns.CATEGORY,
        TableColumns.SCOPE,
        TableColumns.IMPORTANCE,
        time(),
        TableColumns.METADATA);
  }

  /** What filters, orders and totals need. */
  public List<String> ofRow() {
    return ofEntry().stream().filter(column -> !column.equals(TableColumns.TEXT)).toList();
  }

  /** Where words are searched, and what is asked about the metadata. */
  public List<String> searched() {
    return present(TableColumns.ID, TableColumns.TEXT, TableColumns.METADATA);
  }

  /** What rows say about themselves. */
  public List<String> described() {
    return present(TableColumns.ID, TableColumns.METADATA);
  }

  private String time() {
    return isBuiltIn() ? TableColumns.CREATED : TableColumns.TIMESTAMP;
  }

  /** Whether the table has this column. */
  public boolean has(String column) {
    return columns.contains(column);
  }

  private List<String> present(String... wanted) {
    return Stream.of(wanted).filter(columns::contains).toList();
  }

  /** Why a table with these columns is never written; empty if it may be. */
  public Optional<Message> writeRefusal(Path store) {
    return isBuiltIn() ? Optional.of(LanceCode.BUILT_IN.with(store)) : Optional.empty();
  }
}
