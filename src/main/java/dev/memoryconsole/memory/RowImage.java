package dev.memoryconsole.memory;

import java.util.Arrays;

/**
 * A whole row: every column that its table has, the vector among them, bit for bit, in a form that
 * only stores of that kind read. Immutable.
 */
public final class RowImage {
  private final byte[] bytes;

  private RowImage(byte[] bytes) {
    this.bytes = bytes;
  }

  /** An image of these bytes, which are copied. */
  public static RowImage of(byte[] bytes) {
    return new RowImage(bytes.clone());
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowImage image && Arrays.equals(bytes, image.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "RowImage[" + bytes.length + " bytes]";
  }
}
