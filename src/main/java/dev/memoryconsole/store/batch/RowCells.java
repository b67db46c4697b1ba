package dev.memoryconsole.store.batch;

import dev.memoryconsole.memory.RowImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole row of a store in SQL, cell by cell, as an image for the journal. What is in old journals
 * has this form: a change of it needs a number of its own.
 */
public final class RowCells {
  private static final int FORM = 1;
  private static final int NOTHING = -1;

  private RowCells() {}

  /**
   * One column of one row.
   *
   * @param name as the table spells it
   * @param type as the store calls it
   * @param value in the store's own form; null for nothing, where the type does not say so
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Cell(String name, String type, byte @Nullable [] value) {}

  /** An image of these cells. */
  public static RowImage image(List<Cell> cells) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeInt(cells.size());
      for (Cell cell : cells) {
        out.writeUTF(cell.name());
        out.writeUTF(cell.type());
        byte[] value = cell.value();
        out.writeInt(value == null ? NOTHING : value.length);
        out.write(value == null ? new byte[0] : value);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return RowImage.of(bytes.toByteArray());
  }

  /**
   * Reads what {@link #image} made.
   *
   * @throws UncheckedIOException if it is none of these
   */
  public static List<Cell> of(RowImage image) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(image.bytes()))) {
      if (in.readByte() != FORM) {
        throw new IOException("no row of a store in SQL");
      }
      int size = in.readInt();
      List<Cell> cells = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        String name = in.readUTF();
        String type = in.readUTF();
        int length = in.readInt();
        cells.add(new Cell(name, type, length == NOTHING ? null : in.readNBytes(length)));
      }
      return cells;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
