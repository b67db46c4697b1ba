package dev.memoryconsole.store.lance;

import dev.memoryconsole.memory.RowImage;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.lance.format.LanceCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A row as an Arrow stream of one batch: types and bits as they are, whatever columns there are.
 */
final class WholeRow {
  private WholeRow() {}

  /** The image of the one row that there is. */
  static RowImage image(VectorSchemaRoot row) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArrowStreamWriter writer = new ArrowStreamWriter(row, null, Channels.newChannel(bytes))) {
      writer.start();
      writer.writeBatch();
      writer.end();
    }
    return RowImage.of(bytes.toByteArray());
  }

  private interface Use<T> {
    T of(VectorSchemaRoot row);
  }

  private static <T> T with(RowImage image, BufferAllocator allocator, Use<T> use)
      throws IOException {
    try (ArrowStreamReader reader =
        new ArrowStreamReader(new ByteArrayInputStream(image.bytes()), allocator)) {
      reader.loadNextBatch();
      return use.of(reader.getVectorSchemaRoot());
    }
  }

  /** Why a row can't be put back into a table with these columns; null if it can. */
  static @Nullable Message flaw(RowImage image, BufferAllocator allocator, Schema schema)
      throws IOException {
    return with(image, allocator, row -> Optional.ofNullable(flaw(row, schema))).orElse(null);
  }

  private static @Nullable Message flaw(VectorSchemaRoot row, Schema schema) {
    for (FieldVector column : row.getFieldVectors()) {
      String name = column.getName();
      Field now =
          schema.getFields().stream()
              .filter(field -> field.getName().equals(name))
              .findFirst()
              .orElse(null);
      if (now == null ? !column.isNull(0) : !isSame(now, column.getField())) {
        return LanceCode.COLUMN_DIFFERS.with(name);
      }
    }
    return null;
  }

  /** Whether two columns are of one type. A list's elements have a name that means nothing. */
  private static boolean isSame(Field one, Field other) {
    List<Field> parts = one.getChildren();
    boolean same =
        one.getType().equals(other.getType()) && parts.size() == other.getChildren().size();
    for (int i = 0; same && i < parts.size(); i++) {
      Field part = parts.get(i);
      Field counterpart = other.getChildren().get(i);
      boolean named = one.getType() instanceof ArrowType.Struct;
      same = isSame(part, counterpart) && (!named || part.getName().equals(counterpart.getName()));
    }
    return same;
  }

  /** Writes a row that {@link #flaw} has nothing to say of, behind all others. */
  static void copy(RowImage image, BufferAllocator allocator, VectorSchemaRoot target, int to)
      throws IOException {
    with(
        image,
        allocator,
        row -> {
          for (FieldVector column : target.getFieldVectors()) {
            FieldVector from = row.getVector(column.getName());
            if (from == null) {
              column.setNull(to);
            } else {
              column.copyFromSafe(0, to, from);
            }
          }
          return true;
        });
  }
}
