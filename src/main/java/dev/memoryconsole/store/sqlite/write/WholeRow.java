package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.memory.RowImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A row as SQLite holds it: of each column the storage class and the bytes, so that also what no
 * Java string holds comes back as it was.
 *
 * @param cells in the table's order
 */
record WholeRow(List<Cell> cells) {
  private static final int FORM = 1;

  /** SQLite's storage classes. */
  enum Storage {
    NULL,
    INTEGER,
    REAL,
    TEXT,
    BLOB;

    static Storage of(String typeof) {
      return valueOf(typeof.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * One column.
   *
   * @param name as the table spells it
   * @param bytes of a number eight, of a text those of the file; empty for nothing
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Cell(String name, Storage storage, byte[] bytes) {}

  WholeRow {
    cells = List.copyOf(cells);
  }

  RowImage image() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeInt(cells.size());
      for (Cell cell : cells) {
        out.writeUTF(cell.name());
        out.writeUTF(cell.storage().name());
        out.writeInt(cell.bytes().length);
        out.write(cell.bytes());
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
  static WholeRow of(RowImage image) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(image.bytes()))) {
      if (in.readByte() != FORM) {
        throw new IOException("no row of an SQLite store");
      }
      int size = in.readInt();
      List<Cell> cells = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        String name = in.readUTF();
        Storage storage = Storage.valueOf(in.readUTF());
        cells.add(new Cell(name, storage, in.readNBytes(in.readInt())));
      }
      return new WholeRow(cells);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
