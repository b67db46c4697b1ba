package dev.memoryconsole.store.lance.table;

import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.RowColumn;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.lance.format.LanceCode;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** The columns of the plugin's table, and how their values are read from Arrow. */
public final class TableColumns {
  /** Tells a memory from all others. */
  public static final String ID = "id";

  /** What is remembered. */
  public static final String TEXT = "text";

  /** The old category. */
  public static final String CATEGORY = "category";

  /** Whose memory it is. */
  public static final String SCOPE = "scope";

  /** 0 to 1. */
  public static final String IMPORTANCE = "importance";

  static final String TIMESTAMP = "timestamp";

  /** The smart metadata, JSON. */
  public static final String METADATA = "metadata";

  /** Where a row is: the fragment in the upper half, its place there in the lower. */
  public static final String ADDRESS = "_rowaddr";

  /** The time of a memory in the table of OpenClaw's built-in plugin. */
  static final String CREATED = "createdAt";

  private static final long MILLIS_PER_SECOND = 1_000;
  private static final long MICROS_PER_MILLI = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private TableColumns() {}

  /** A row as an entry. */
  public static MemoryEntry entry(VectorSchemaRoot rows, int row, String id) {
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

  /** A text; null also where the table has no such column. */
  public static @Nullable String text(VectorSchemaRoot rows, String column, int row) {
    return switch (rows.getVector(column)) {
      case VarCharVector vector when !vector.isNull(row) -> text(vector.get(row));
      case LargeVarCharVector vector when !vector.isNull(row) -> text(vector.get(row));
      case null, default -> null;
    };
  }

  /** How many bytes a text takes as UTF-8; 0 also where the table has no such column. */
  public static long bytes(VectorSchemaRoot rows, String column, int row) {
    return switch (rows.getVector(column)) {
      case VarCharVector vector when !vector.isNull(row) -> vector.getValueLength(row);
      case LargeVarCharVector vector when !vector.isNull(row) -> vector.getValueLength(row);
      case null, default -> 0;
    };
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A number; null also where the table has no such column. */
  public static @Nullable Double number(VectorSchemaRoot rows, String column, int row) {
    Number number = any(rows.getVector(column), row);
    return number == null ? null : Double.valueOf(number.doubleValue());
  }

  private static @Nullable Number any(@Nullable FieldVector vector, int row) {
    return vector != null && !vector.isNull(row) && vector.getObject(row) instanceof Number number
        ? number
        : null;
  }

  /** When a row was remembered, rounded down; null if it holds no number. */
  public static @Nullable Long whole(VectorSchemaRoot rows, int row) {
    FieldVector times = rows.getVector(TIMESTAMP);
    if (times == null) {
      times = rows.getVector(CREATED);
    }
    if (times instanceof TimeStampVector instants) {
      return instants.isNull(row) ? null : millis(instants.get(row), instants.getField());
    }
    Number number = any(times, row);
    if (number instanceof Long || number instanceof Integer) {
      return number.longValue();
    }
    return number == null || !Double.isFinite(number.doubleValue())
        ? null
        : (long) Math.floor(number.doubleValue());
  }

  /** Milliseconds of an instant, whose unit its column tells. */
  private static long millis(long value, Field column) {
    return switch (((ArrowType.Timestamp) column.getType()).getUnit()) {
      case SECOND -> value * MILLIS_PER_SECOND;
      case MILLISECOND -> value;
      case MICROSECOND -> Math.floorDiv(value, MICROS_PER_MILLI);
      case NANOSECOND -> Math.floorDiv(value, NANOS_PER_MILLI);
    };
  }

  /** Writes a text into a new row, behind all others; null for none. */
  public static void putText(
      VectorSchemaRoot target, String column, int row, @Nullable String text) {
    FieldVector vector = target.getVector(column);
    if (text == null) {
      vector.setNull(row);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (vector instanceof LargeVarCharVector large) {
      large.setSafe(row, bytes);
    } else {
      ((VarCharVector) vector).setSafe(row, bytes);
    }
  }

  /** Writes the columns that are spoken of into a new row, behind all others. */
  public static void put(VectorSchemaRoot target, int row, ColumnValues columns) {
    columns
        .values()
        .forEach(
            (column, value) -> {
              switch (value) {
                case null -> target.getVector(column.key()).setNull(row);
                case String text -> putText(target, column.key(), row, text);
                case Double number -> putNumber(target.getVector(column.key()), row, number);
                default -> throw new IllegalStateException("no column holds such a value");
              }
            });
  }

  private static void putNumber(FieldVector vector, int row, double number) {
    if (vector instanceof Float8Vector wide) {
      wide.setSafe(row, number);
    } else {
      ((Float4Vector) vector).setSafe(row, (float) number);
    }
  }

  /** Why a column that is spoken of can't be written; null if it can. */
  public static @Nullable Message flaw(VectorSchemaRoot rows, ColumnValues columns) {
    for (RowColumn column : columns.values().keySet()) {
      FieldVector vector = rows.getVector(column.key());
      boolean fits =
          column == RowColumn.IMPORTANCE
              ? vector instanceof Float8Vector || vector instanceof Float4Vector
              : vector instanceof VarCharVector || vector instanceof LargeVarCharVector;
      if (!fits) {
        return LanceCode.COLUMN_NEVER_WRITTEN.with(column.key());
      }
    }
    return null;
  }

  /** Where a row is, as {@link #ADDRESS} tells it. */
  public static long address(VectorSchemaRoot rows, int row) {
    return ((UInt8Vector) rows.getVector(ADDRESS)).get(row);
  }
}
