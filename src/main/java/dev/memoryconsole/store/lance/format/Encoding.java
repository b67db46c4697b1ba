package dev.memoryconsole.store.lance.format;

import java.nio.ByteBuffer;

/**
 * How a column or page says that it is encoded: an {@code Any} in an envelope.
 *
 * @param type the type's name
 * @param value the encoding itself
 */
record Encoding(String type, ByteBuffer value) {
  /** The usual way to encode a column: it is what its pages say. */
  private static final int VALUES = 1;

  private static final String COLUMN = "/lance.encodings.ColumnEncoding";
  private static final String ARRAY = "/lance.encodings.ArrayEncoding";
  private static final String LAYOUT = "/lance.encodings21.PageLayout";
  private static final int DIRECT = 2;

  static Encoding of(ProtoMessage envelope) {
    while (envelope.next()) {
      if (envelope.field() == DIRECT) {
        return direct(envelope.message());
      }
    }
    throw new IllegalArgumentException("no encoding in place");
  }

  private static Encoding direct(ProtoMessage direct) {
    while (direct.next()) {
      if (direct.field() == 1) {
        return any(direct.message());
      }
    }
    throw new IllegalArgumentException("an empty encoding");
  }

  private static Encoding any(ProtoMessage any) {
    String type = "";
    ByteBuffer value = ByteBuffer.allocate(0);
    while (any.next()) {
      if (any.field() == 1) {
        type = any.text();
      } else if (any.field() == 2) {
        value = any.bytes();
      }
    }
    if (!type.equals(COLUMN) && !type.equals(ARRAY) && !type.equals(LAYOUT)) {
      throw new IllegalArgumentException("an unknown encoding");
    }
    ProtoMessage all = new ProtoMessage(value);
    if (type.equals(COLUMN)) {
      column(all);
    } else {
      all.walk();
    }
    return new Encoding(type, value);
  }

  /** Lance takes a column for granted that has none of the ways to be encoded, or two. */
  private static void column(ProtoMessage column) {
    if (!column.next() || column.field() != VALUES) {
      throw new IllegalArgumentException("a column that is not of values");
    }
    column.message().walk();
    if (column.next()) {
      throw new IllegalArgumentException("a column of two encodings");
    }
  }

  /** Reads it as the encoding of an array, which is what pages of the format 2.0 have. */
  ProtoMessage array() {
    if (!type.equals(ARRAY)) {
      throw new IllegalArgumentException("no encoding of an array");
    }
    return new ProtoMessage(value);
  }
}
