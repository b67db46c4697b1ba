package dev.memoryconsole.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of bytes: each is decoded strictly and for itself, so that a bad one spoils no other. */
final class LineReader {
  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long bytes;
  private long number;

  /** The stream should be buffered, and past any byte order mark. */
  LineReader(InputStream in) {
    this.in = in;
  }

  /** Moves to the next line; false at the end. */
  boolean next() throws IOException {
    line.reset();
    int read = in.read();
    if (read < 0) {
      return false;
    }
    for (; read >= 0 && read != '\n'; read = in.read()) {
      line.write(read);
      bytes++;
    }
    bytes++;
    number++;
    return true;
  }

  /** The line without its end, or null if it is not valid UTF-8. */
  @Nullable String text() {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(line.toByteArray()))
              .toString();
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    } catch (CharacterCodingException invalid) {
      return null;
    }
  }

  /** Of the current line, counted from 1. */
  long number() {
    return number;
  }

  /** Bytes read so far. */
  long bytes() {
    return bytes;
  }
}
