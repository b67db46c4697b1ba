package dev.memoryconsole.store.lance.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a page of the format 2.0 says of its arrays fits its buffers.
 *
 * @see <a
 *     href="https://github.com/lance-format/lance/blob/v2.0.0/protos/encodings.proto">encodings.proto</a>
 */
final class PageCheck {
  private static final int FLAT = 1;
  private static final int NULLABLE = 2;
  private static final int FIXED_SIZE_LIST = 3;
  private static final int BINARY = 6;
  private static final int DICTIONARY = 7;
  private static final int FSST = 8;
  private static final int BITPACKED = 10;
  private static final int FIXED_SIZE_BINARY = 11;
  private static final int BITPACKED_UNSIGNED = 12;
  private static final int LAST = 20;
  private static final int MOST_BITS = 1 << 20;

  /** Reads the beginning of one of the page's buffers. */
  @FunctionalInterface
  interface Buffers {
    /** Reads it. */
    ByteBuffer read(int buffer, int length) throws IOException;
  }

  /**
   * Where the values of a flat array are.
   *
   * @param bits of each value
   * @param buffer the page's buffer, or -1 if they are packed or not in the page
   */
  private record Flat(long bits, int buffer) {
    static final Flat NONE = new Flat(0, -1);

    /** Whether its values may have so many bits: what is encoded in another way may. */
    boolean isOf(int size) {
      return bits == 0 || bits == size;
    }
  }

  private final List<Long> sizes;
  private final Buffers buffers;
  private final boolean nested;

  /**
   * Checks one page.
   *
   * @param nested whether there are columns inside others in the file
   */
  PageCheck(List<Long> sizes, Buffers buffers, boolean nested) {
    this.sizes = sizes;
    this.buffers = buffers;
    this.nested = nested;
  }

  void check(ProtoMessage encoding, long rows) throws IOException {
    array(encoding, rows);
  }

  /**
   * One array.
   *
   * @param rows how many values it has; negative if it can't be told
   */
  private Flat array(ProtoMessage encoding, long rows) throws IOException {
    if (!encoding.next() || encoding.field() > LAST) {
      throw new IllegalArgumentException("an array of an unknown encoding");
    }
    ProtoMessage inner = encoding.message();
    int kind = encoding.field();
    if (encoding.next()) {
      throw new IllegalArgumentException("an array of two encodings");
    }
    return switch (kind) {
      case FLAT -> flat(inner, rows);
      case NULLABLE -> nullable(inner, rows);
      case FIXED_SIZE_LIST -> list(inner, rows);
      case BINARY -> binary(inner, rows);
      case DICTIONARY -> dictionary(inner, rows);
      case FSST -> array(part(inner, 1), rows);
      case BITPACKED, BITPACKED_UNSIGNED -> {
        buffer(part(inner, 3));
        yield Flat.NONE;
      }
      case FIXED_SIZE_BINARY -> fixed(inner, rows);
      default -> {
        if (!nested) {
          // Of lists and structs, or of no use here: Lance ends the process over some of them.
          throw new IllegalArgumentException("an array of another encoding than its column's");
        }
        inner.walk();
        yield Flat.NONE;
      }
    };
  }

  /** Where it is; -1 if not among the page's buffers. */
  private int buffer(ProtoMessage place) {
    long buffer = 0;
    boolean inPage = true;
    while (place.next()) {
      if (place.field() == 1) {
        buffer = place.number();
      } else if (place.field() == 2) {
        inPage = place.number() == 0;
      }
    }
    if (!inPage) {
      return -1;
    }
    if (buffer < 0 || buffer >= sizes.size()) {
      throw new IndexOutOfBoundsException("a buffer that the page does not have");
    }
    return (int) buffer;
  }

  private Flat flat(ProtoMessage flat, long rows) {
    long bits = 0;
    int buffer = -1;
    boolean placed = false;
    boolean packed = false;
    while (flat.next()) {
      switch (flat.field()) {
        case 1 -> bits = flat.number();
        case 2 -> {
          buffer = buffer(flat.message());
          placed = true;
        }
        case 3 -> {
          flat.message().walk();
          packed = true;
        }
        default -> throw new IllegalArgumentException("an unknown part of an array");
      }
    }
    if (bits <= 0 || bits > MOST_BITS || !placed) {
      throw new IllegalArgumentException("values of no size");
    }
    if (bits != 1 && bits % Byte.SIZE != 0) {
      throw new IllegalArgumentException("values of a part of a byte");
    }
    if (buffer < 0 || packed) {
      return new Flat(bits, -1);
    }
    long size = sizes.get(buffer);
    if (rows >= 0 && Math.multiplyExact(rows, bits) > Math.multiplyExact(size, Byte.SIZE)) {
      throw new IllegalArgumentException("fewer values than rows");
    }
    return new Flat(bits, buffer);
  }

  private Flat nullable(ProtoMessage nullable, long rows) throws IOException {
    if (!nullable.next()) {
      throw new IllegalArgumentException("it is not said where there are no values");
    }
    ProtoMessage inner = nullable.message();
    return switch (nullable.field()) {
      case 1 -> array(part(inner, 1), rows);
      case 2 -> {
        if (!array(part(nullable.message(), 1), rows).isOf(1)) {
          throw new IllegalArgumentException("values that are there by more than a bit");
        }
        yield array(part(inner, 2), rows);
      }
      case 3 -> Flat.NONE;
      default -> throw new IllegalArgumentException("an unknown way to have no values");
    };
  }

  private Flat list(ProtoMessage list, long rows) throws IOException {
    long dimension = 0;
    ProtoMessage items = null;
    while (list.next()) {
      if (list.field() == 1) {
        dimension = list.number();
      } else if (list.field() == 2) {
        items = once(items, list);
      }
    }
    if (dimension <= 0 || items == null) {
      throw new IllegalArgumentException("lists of no size");
    }
    array(items, rows < 0 ? rows : Math.multiplyExact(rows, dimension));
    return Flat.NONE;
  }

  private Flat binary(ProtoMessage binary, long rows) throws IOException {
    ProtoMessage ends = null;
    ProtoMessage bytes = null;
    long adjustment = 0;
    while (binary.next()) {
      switch (binary.field()) {
        case 1 -> ends = once(ends, binary);
        case 2 -> bytes = once(bytes, binary);
        case 3 -> adjustment = binary.number();
        default -> throw new IllegalArgumentException("an unknown part of texts");
      }
    }
    if (ends == null || bytes == null) {
      throw new IllegalArgumentException("texts without an end");
    }
    Flat where = array(ends, rows);
    Flat what = array(bytes, -1);
    if (!what.isOf(Byte.SIZE) || !where.isOf(Long.SIZE)) {
      throw new IllegalArgumentException("texts that are not of bytes");
    }
    if (rows >= 0 && where.buffer >= 0 && what.buffer >= 0 && where.bits == Long.SIZE) {
      ends(where.buffer, rows, adjustment, sizes.get(what.buffer));
    }
    return Flat.NONE;
  }

  /** Texts of one length. */
  private Flat fixed(ProtoMessage fixed, long rows) throws IOException {
    ProtoMessage bytes = null;
    long width = 0;
    while (fixed.next()) {
      if (fixed.field() == 1) {
        bytes = once(bytes, fixed);
      } else if (fixed.field() == 2) {
        width = fixed.number();
      }
    }
    if (bytes == null || width <= 0) {
      throw new IllegalArgumentException("texts of no size");
    }
    Flat what = array(bytes, rows < 0 ? rows : Math.multiplyExact(rows, width));
    if (!what.isOf(Byte.SIZE)) {
      throw new IllegalArgumentException("texts that are not of bytes");
    }
    return Flat.NONE;
  }

  private Flat dictionary(ProtoMessage dictionary, long rows) throws IOException {
    ProtoMessage keys = null;
    ProtoMessage items = null;
    long count = 0;
    while (dictionary.next()) {
      switch (dictionary.field()) {
        case 1 -> keys = once(keys, dictionary);
        case 2 -> items = once(items, dictionary);
        case 3 -> count = dictionary.number();
        default -> throw new IllegalArgumentException("an unknown part of a dictionary");
      }
    }
    if (keys == null || items == null || count < 0) {
      throw new IllegalArgumentException("a dictionary without a part");
    }
    Flat where = array(keys, rows);
    array(items, count);
    if (rows >= 0 && where.buffer >= 0 && where.bits == Byte.SIZE) {
      ByteBuffer bytes = buffers.read(where.buffer, Math.toIntExact(rows));
      while (bytes.hasRemaining()) {
        if ((bytes.get() & 0xff) > count) {
          throw new IllegalArgumentException("a key that the dictionary does not have");
        }
      }
    }
    return Flat.NONE;
  }

  /** Each text ends behind the one before; one that is absent has the adjustment added. */
  private void ends(int buffer, long rows, long adjustment, long size) throws IOException {
    int length = Math.multiplyExact(Math.toIntExact(rows), Long.BYTES);
    ByteBuffer ends = buffers.read(buffer, length);
    long before = 0;
    for (int i = 0; i < length; i += Long.BYTES) {
      long end = ends.getLong(i);
      if (adjustment > 0 && end >= adjustment) {
        end -= adjustment;
      }
      if (end < before || end > size) {
        throw new IllegalArgumentException("a text outside its page");
      }
      before = end;
    }
  }

  /** A part that comes twice is put together from both by Lance. */
  private static ProtoMessage once(@Nullable ProtoMessage before, ProtoMessage whole) {
    if (before != null) {
      throw new IllegalArgumentException("a part of an array twice");
    }
    return whole.message();
  }

  private static ProtoMessage part(ProtoMessage whole, int field) {
    ProtoMessage part = null;
    while (whole.next()) {
      if (whole.field() == field) {
        part = once(part, whole);
      }
    }
    if (part == null) {
      throw new IllegalArgumentException("a part of an array is missing");
    }
    return part;
  }
}
