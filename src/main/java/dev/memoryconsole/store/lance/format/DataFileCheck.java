package dev.memoryconsole.store.lance.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Whether a data file is whole and its directory makes sense: its size, its footer, its columns and
 * their pages. Lance 2.0.0 takes all that on trust and ends the process where it is wrong. The
 * values themselves are not looked at, but for where each text ends.
 *
 * @see <a
 *     href="https://github.com/lance-format/lance/blob/v2.0.0/protos/file2.proto">file2.proto</a>
 */
public final class DataFileCheck {
  private static final int FIRST_WITH_FOOTER = 200;
  private static final int VERSION = 4 * Long.BYTES;
  private static final int FOOTER = 40;
  private static final int ENTRY = 2 * Long.BYTES;
  private static final int LARGEST_DIRECTORY = 256 << 20;

  private final Path path;
  private final FileChannel file;
  private final long end;
  private final boolean arrays;

  private DataFileCheck(Path path, FileChannel file, long end, boolean arrays) {
    this.path = path;
    this.file = file;
    this.end = end;
    this.arrays = arrays;
  }

  /**
   * Looks at one.
   *
   * @throws NoSuchFileException if it is not there
   * @throws DamagedFileException if it is not whole
   */
  public static void check(Path dataset, Manifest.DataFile data) throws IOException {
    if (data.elsewhere()) {
      return;
    }
    Path path = dataset.resolve("data").resolve(data.name());
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = file.size();
      if (size == 0) {
        throw new DamagedFileException(path, LanceCode.IS_EMPTY);
      }
      if (data.bytes() > 0 && size != data.bytes()) {
        throw new DamagedFileException(
            LanceCode.OTHER_SIZE.with(path.getFileName(), size, data.bytes()), null);
      }
      if (size < FOOTER) {
        throw new DamagedFileException(path, LanceCode.IS_CUT_SHORT);
      }
      boolean arrays = data.format() <= FIRST_WITH_FOOTER;
      DataFileCheck check = new DataFileCheck(path, file, size - FOOTER, arrays);
      check.footer(data.format() >= FIRST_WITH_FOOTER);
    } catch (IndexOutOfBoundsException | ArithmeticException | IllegalArgumentException e) {
      throw new DamagedFileException(path, LanceCode.IS_DAMAGED, e);
    }
  }

  private void footer(boolean hasDirectory) throws IOException {
    ByteBuffer footer = read(end, FOOTER, end + FOOTER);
    if (footer.getInt(FOOTER - Integer.BYTES) != Manifest.MAGIC) {
      throw new DamagedFileException(path, LanceCode.NO_DATA_FILE);
    }
    if (!hasDirectory) {
      return;
    }
    version(footer.getShort(VERSION), footer.getShort(VERSION + Short.BYTES));
    long columnStart = footer.getLong(0);
    long columnTable = footer.getLong(Long.BYTES);
    long bufferTable = footer.getLong(2 * Long.BYTES);
    int buffers = footer.getInt(3 * Long.BYTES);
    int columns = footer.getInt(3 * Long.BYTES + Integer.BYTES);
    if (buffers < 1 || columns < 1) {
      throw new IllegalArgumentException("no columns");
    }
    ByteBuffer bufferList = read(bufferTable, entries(buffers));
    ByteBuffer columnList = read(columnTable, entries(columns));
    for (int i = 1; i < buffers; i++) {
      inside(bufferList.getLong(i * ENTRY), bufferList.getLong(i * ENTRY + Long.BYTES));
    }
    Descriptor descriptor = Descriptor.read(part(bufferList, 0));
    // Lance reads the columns in one piece, which begins with the first and ends at their table.
    if (columnList.getLong(0) != columnStart) {
      throw new IndexOutOfBoundsException("columns that begin elsewhere");
    }
    for (int i = 0; i < columns; i++) {
      long from = columnList.getLong(i * ENTRY);
      if (from < columnStart
          || Math.addExact(from, columnList.getLong(i * ENTRY + Long.BYTES)) > columnTable) {
        throw new IndexOutOfBoundsException("a column outside the place for columns");
      }
      column(part(columnList, i), descriptor);
    }
  }

  /** The version decides by which rules Lance reads the rest. */
  private void version(short major, short minor) {
    boolean first = (major == 0 && minor == 3) || (major == 2 && minor == 0);
    boolean ours = arrays ? first : major == 2 && minor > 0;
    if (!ours) {
      throw new IllegalArgumentException("another version than the table's");
    }
  }

  private static int entries(int count) {
    return Math.multiplyExact(count, ENTRY);
  }

  private ProtoMessage part(ByteBuffer list, int index) throws IOException {
    long length = list.getLong(index * ENTRY + Long.BYTES);
    return new ProtoMessage(read(list.getLong(index * ENTRY), Math.toIntExact(length)));
  }

  private void inside(long from, long length) {
    if (from < 0 || length < 0 || length > end || from > end - length) {
      throw new IndexOutOfBoundsException("a part outside the file");
    }
  }

  private ByteBuffer read(long from, int length) throws IOException {
    return read(from, length, end);
  }

  private ByteBuffer read(long from, int length, long limit) throws IOException {
    if (from < 0 || length < 0 || length > LARGEST_DIRECTORY || from > limit - length) {
      throw new IndexOutOfBoundsException("a part outside the file");
    }
    ByteBuffer part = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (part.hasRemaining()) {
      if (file.read(part, from + part.position()) < 0) {
        throw new DamagedFileException(path, LanceCode.IS_CUT_SHORT);
      }
    }
    return part.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The columns of a file and how many rows it has. */
  private record Descriptor(Fields fields, long rows) {
    static Descriptor read(ProtoMessage descriptor) {
      Fields fields = new Fields();
      long rows = 0;
      while (descriptor.next()) {
        if (descriptor.field() == 1) {
          ProtoMessage schema = descriptor.message();
          while (schema.next()) {
            if (schema.field() == 1) {
              fields.add(schema.message());
            }
          }
        } else if (descriptor.field() == 2) {
          rows = descriptor.number();
        }
      }
      if (fields.count() == 0 || rows <= 0) {
        throw new IllegalArgumentException("no columns or no rows");
      }
      return new Descriptor(fields, rows);
    }
  }

  private void column(ProtoMessage column, Descriptor descriptor) throws IOException {
    long rows = 0;
    boolean encoded = false;
    while (column.next()) {
      if (column.field() == 1) {
        Encoding.of(column.message());
        encoded = true;
      } else if (column.field() == 2) {
        rows = Math.addExact(rows, page(column.message(), descriptor));
      } else {
        column.numbers();
      }
    }
    if (!encoded) {
      throw new IllegalArgumentException("a column without an encoding");
    }
    if (!descriptor.fields().areNested() && rows != descriptor.rows()) {
      throw new IllegalArgumentException("a column with other rows than the file");
    }
  }

  /** How many rows it holds. */
  private long page(ProtoMessage page, Descriptor descriptor) throws IOException {
    List<Long> starts = List.of();
    List<Long> sizes = List.of();
    long rows = 0;
    Encoding encoding = null;
    while (page.next()) {
      switch (page.field()) {
        case 1 -> starts = page.numbers();
        case 2 -> sizes = page.numbers();
        case 3 -> rows = page.number();
        case 4 -> encoding = Encoding.of(page.message());
        default -> {
          // The priority: any will do.
        }
      }
    }
    if (starts.size() != sizes.size() || rows < 0 || encoding == null) {
      throw new IllegalArgumentException("a page that does not fit");
    }
    for (int i = 0; i < starts.size(); i++) {
      inside(starts.get(i), sizes.get(i));
    }
    if (arrays) {
      List<Long> from = starts;
      new PageCheck(
              sizes,
              (buffer, length) -> read(from.get(buffer), length),
              descriptor.fields().areNested())
          .check(encoding.array(), rows);
    }
    return rows;
  }
}
