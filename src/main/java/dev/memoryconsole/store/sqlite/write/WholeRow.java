package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.memory.RowImage;
import dev.memoryconsole.store.batch.RowCells;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A row as SQLite holds it: of each column the storage class and the bytes, so that also what no
 * Java string holds comes back as it was.
 *
 * @param cells in the table's order
 */
record WholeRow(List<Cell> cells) {
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
    return RowCells.image(
        cells.stream()
            .map(cell -> new RowCells.Cell(cell.name(), cell.storage().name(), cell.bytes()))
            .toList());
  }

  /**
   * Reads what {@link #image} made.
   *
   * @throws java.io.UncheckedIOException if it is none of these
   */
  static WholeRow of(RowImage image) {
    return new WholeRow(
        RowCells.of(image).stream()
            .map(
                cell ->
                    new Cell(
                        cell.name(),
                        Storage.valueOf(cell.type()),
                        Objects.requireNonNull(cell.value())))
            .toList());
  }
}
