package dev.memoryconsole.store.lance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a version of a Lance dataset says about who wrote it and how. Read from the manifest file
 * itself, because Lance's Java interface tells neither.
 *
 * @param writer the version of the Lance that wrote it, for example {@code 2.0.0}; empty if unknown
 * @param format the highest version of its data files' format, in hundredths: 200 is 2.0
 * @see <a
 *     href="https://github.com/lance-format/lance/blob/v2.0.0/protos/table.proto">table.proto</a>
 */
record Manifest(String writer, int format) {
  private static final long LARGEST = 256L << 20;
  private static final int FOOTER = 16;
  private static final int MAGIC = 0x434E414C;
  private static final int FRAGMENTS = 2;
  private static final int FRAGMENT_FILES = 2;
  private static final int FILE_MAJOR = 4;
  private static final int FILE_MINOR = 5;
  private static final int WRITER = 13;
  private static final int WRITER_VERSION = 2;
  private static final int HUNDRED = 100;

  /**
   * Reads the manifest of one version.
   *
   * @throws IOException if it is not there or is no manifest
   */
  static Manifest read(Path dataset, long version) throws IOException {
    Path versions = dataset.resolve("_versions");
    // The newer naming counts down from 2^64 - 1, so that the latest version comes first.
    Path file = versions.resolve(Long.toUnsignedString(-1L - version) + ".manifest");
    if (!Files.exists(file)) {
      file = versions.resolve(version + ".manifest");
    }
    if (Files.size(file) > LARGEST) {
      throw new IOException(file + " is too large for a manifest");
    }
    return parse(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN), file);
  }

  private static Manifest parse(ByteBuffer file, Path name) throws IOException {
    int end = file.limit();
    if (end < FOOTER || file.getInt(end - Integer.BYTES) != MAGIC) {
      throw new IOException(name + " is no manifest");
    }
    try {
      int start = Math.toIntExact(file.getLong(end - FOOTER));
      int length = file.getInt(start);
      Message manifest = new Message(file.slice(start + Integer.BYTES, length));
      String writer = "";
      int format = 0;
      while (manifest.next()) {
        if (manifest.field() == WRITER) {
          writer = writer(manifest.message());
        } else if (manifest.field() == FRAGMENTS) {
          format = Math.max(format, formatOf(manifest.message()));
        }
      }
      return new Manifest(writer, format);
    } catch (IndexOutOfBoundsException | ArithmeticException | IllegalArgumentException e) {
      throw new IOException(name + " is damaged", e);
    }
  }

  private static String writer(Message message) {
    String version = "";
    while (message.next()) {
      if (message.field() == WRITER_VERSION) {
        version = message.text();
      }
    }
    return version;
  }

  private static int formatOf(Message fragment) {
    int highest = 0;
    while (fragment.next()) {
      if (fragment.field() == FRAGMENT_FILES) {
        Message file = fragment.message();
        int major = 0;
        int minor = 0;
        while (file.next()) {
          if (file.field() == FILE_MAJOR) {
            major = (int) file.number();
          } else if (file.field() == FILE_MINOR) {
            minor = (int) file.number();
          }
        }
        highest = Math.max(highest, major * HUNDRED + minor);
      }
    }
    return highest;
  }

  /** Walks over the fields of one message in the format of Protocol Buffers. */
  private static final class Message {
    private static final int WIRE_BITS = 3;

    private final ByteBuffer bytes;
    private int field;
    private long number;
    private ByteBuffer content = ByteBuffer.allocate(0);

    Message(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    boolean next() {
      if (!bytes.hasRemaining()) {
        return false;
      }
      int tag = (int) varint();
      field = tag >>> WIRE_BITS;
      switch (tag & 7) {
        case 0 -> number = varint();
        case 1 -> skip(Long.BYTES);
        case 2 -> content = skip(Math.toIntExact(varint()));
        case 5 -> skip(Integer.BYTES);
        default -> throw new IllegalArgumentException("unknown wire type");
      }
      return true;
    }

    int field() {
      return field;
    }

    long number() {
      return number;
    }

    Message message() {
      return new Message(content);
    }

    String text() {
      return StandardCharsets.UTF_8.decode(content).toString();
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
}
