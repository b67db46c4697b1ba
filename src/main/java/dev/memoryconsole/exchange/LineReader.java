package dev.memoryconsole.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Splits a stream at line feeds; a line that is not UTF-8 spoils only itself. */
final class LineReader {
  /**
   * One line.
   *
   * @param number counted from 1
   * @param text without its line end; null if it is not valid UTF-8
   */
  record Line(long number, @Nullable String text) {}

  private final InputStream in;
  private long number;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** The next line; null at the end. */
  @Nullable Line next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      bytes.write(next);
      next = in.read();
    }
    number++;
    return new Line(number, decode(bytes.toByteArray()));
  }

  private static @Nullable String decode(byte[] bytes) {
    int length =
        bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
