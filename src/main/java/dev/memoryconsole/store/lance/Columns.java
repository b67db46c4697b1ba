package dev.memoryconsole.store.lance;

import dev.memoryconsole.memory.MemoryEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/** Arrow's columns to entries. */
final class Columns {
  static final String ID = "id";
  static final String TEXT = "text";
  static final String CATEGORY = "category";
  static final String SCOPE = "scope";
  static final String IMPORTANCE = "importance";
  static final String TIMESTAMP = "timestamp";
  static final String METADATA = "metadata";

  /** Where a row is: the fragment in the upper half, its place there in the lower. */
  static final String ADDRESS = "_rowaddr";

  /** All that an entry holds: not the vector, which may be many times as large as the rest. */
  static final List<String> OF_ENTRY =
      List.of(ID, TEXT, CATEGORY, SCOPE, IMPORTANCE, TIMESTAMP, METADATA);

  private Columns() {}

  static MemoryEntry entry(VectorSchemaRoot rows, int row, String id) {
    String text = text(rows, TEXT, row);
    return new MemoryEntry(
        id,
        text == null ? "" : text,
        text(rows, CATEGORY, row),
        text(rows, SCOPE, row),
        number(rows, IMPORTANCE, row),
        whole(rows, row),
        text(rows, METADATA, row),
        0);
  }

  static @Nullable String text(VectorSchemaRoot rows, String column, int row) {
    VarCharVector vector = (VarCharVector) rows.getVector(column);
    return vector.isNull(row) ? null : new String(vector.get(row), StandardCharsets.UTF_8);
  }

  static @Nullable Double number(VectorSchemaRoot rows, String column, int row) {
    FieldVector vector = rows.getVector(column);
    return !vector.isNull(row) && vector.getObject(row) instanceof Number number
        ? Double.valueOf(number.doubleValue())
        : null;
  }

  /** The time of a row; rounded down, absent if it is no number. */
  static @Nullable Long whole(VectorSchemaRoot rows, int row) {
    Double number = number(rows, TIMESTAMP, row);
    return number == null || !Double.isFinite(number) ? null : (long) Math.floor(number);
  }

  static long address(VectorSchemaRoot rows, int row) {
    return ((UInt8Vector) rows.getVector(ADDRESS)).get(row);
  }
}
