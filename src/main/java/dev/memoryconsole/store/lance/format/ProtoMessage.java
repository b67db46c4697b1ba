package dev.memoryconsole.store.lance.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks over the fields of one message in the format of Protocol Buffers. What is no such message
 * ends in one of {@link IndexOutOfBoundsException}, {@link IllegalArgumentException} and {@link
 * ArithmeticException}. For one thread.
 */
final class ProtoMessage {
  private static final int WIRE_BITS = 3;
  private static final int WIRE_MASK = 7;

  private final ByteBuffer bytes;
  private int field;
  private int wire;
  private long number;
  private ByteBuffer content = ByteBuffer.allocate(0);

  ProtoMessage(ByteBuffer bytes) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Goes to the next field; whether there is one. */
  boolean next() {
    if (!bytes.hasRemaining()) {
      return false;
    }
    long tag = varint();
    field = Math.toIntExact(tag >>> WIRE_BITS);
    content = ByteBuffer.allocate(0);
    number = 0;
    wire = (int) tag & WIRE_MASK;
    switch (wire) {
      case 0 -> number = varint();
      case 1 -> skip(Long.BYTES);
      case 2 -> content = skip(Math.toIntExact(varint()));
      case 5 -> skip(Integer.BYTES);
      default -> throw new IllegalArgumentException("unknown wire type");
    }
    if (field == 0) {
      throw new IllegalArgumentException("field 0");
    }
    return true;
  }

  int field() {
    return field;
  }

  long number() {
    require(0);
    return number;
  }

  ProtoMessage message() {
    return new ProtoMessage(bytes());
  }

  ByteBuffer bytes() {
    require(2);
    return content;
  }

  String text() {
    return StandardCharsets.UTF_8.decode(bytes().duplicate()).toString();
  }

  private void require(int type) {
    if (wire != type) {
      throw new IllegalArgumentException("a field of another kind");
    }
  }

  /** Goes over all that is left. */
  void walk() {
    boolean more = true;
    while (more) {
      more = next();
    }
  }

  /** Packed whole numbers. */
  List<Long> numbers() {
    List<Long> numbers = new ArrayList<>();
    ProtoMessage packed = message();
    while (packed.bytes.hasRemaining()) {
      numbers.add(packed.varint());
    }
    return numbers;
  }

  private ByteBuffer skip(int length) {
    ByteBuffer skipped = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return skipped;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (!bytes.hasRemaining()) {
        throw new IndexOutOfBoundsException("a number ends too early");
      }
      byte next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number is too long");
  }
}
