package dev.memoryconsole.exchange.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8, UTF-16 and UTF-32, which it tells apart by a byte order mark or, without one, by
 * where the zero bytes of the first characters stand (RFC 4627, section 3).
 *
 * <p>A byte that can't be decoded becomes half a surrogate pair (U+DC80 to U+DCFF, as Python's
 * "surrogateescape" does), so that it spoils only the memory it stands in and can be recognised
 * there: see {@link Texts#isWhole}. For one thread; closing it closes the stream.
 */
final class DecodingReader extends Reader {
  private static final int ESCAPE = 0xDC00;
  private static final int CHUNK = 1 << 15;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK).flip();
  private final CharBuffer chars = CharBuffer.allocate(CHUNK).flip();
  private boolean ended;
  private boolean flushed;

  DecodingReader(InputStream source) throws IOException {
    in = new BufferedInputStream(source, CHUNK);
    decoder =
        charset(in)
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** Finds the encoding and skips its mark. */
  private static Charset charset(InputStream in) throws IOException {
    in.mark(4);
    byte[] head = in.readNBytes(4);
    in.reset();
    int first = head.length > 1 ? unit(head[0], head[1]) : 0;
    int second = head.length > 3 ? unit(head[2], head[3]) : 0;
    if (head.length == 4 && first == 0x0000 && second == 0xfeff) {
      return after(in, 4, Charset.forName("UTF-32BE"));
    }
    if (head.length == 4 && first == 0xfffe && second == 0x0000) {
      return after(in, 4, Charset.forName("UTF-32LE"));
    }
    if (first == 0xfeff) {
      return after(in, 2, StandardCharsets.UTF_16BE);
    }
    if (first == 0xfffe) {
      return after(in, 2, StandardCharsets.UTF_16LE);
    }
    if (first == 0xefbb && head.length > 2 && head[2] == (byte) 0xbf) {
      return after(in, 3, StandardCharsets.UTF_8);
    }
    if (head.length == 4 && head[0] == 0 && head[1] != 0) {
      return StandardCharsets.UTF_16BE;
    }
    if (head.length == 4 && head[0] != 0 && head[1] == 0) {
      return StandardCharsets.UTF_16LE;
    }
    return StandardCharsets.UTF_8;
  }

  private static int unit(byte first, byte second) {
    return ((first & 0xff) << 8) | (second & 0xff);
  }

  private static Charset after(InputStream in, int mark, Charset charset) throws IOException {
    in.skipNBytes(mark);
    return charset;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    while (!chars.hasRemaining()) {
      if (flushed) {
        return -1;
      }
      decodeMore();
    }
    int count = Math.min(length, chars.remaining());
    chars.get(target, offset, count);
    return count;
  }

  private void decodeMore() throws IOException {
    if (!ended) {
      bytes.compact();
      int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = read < 0;
      bytes.position(bytes.position() + Math.max(read, 0)).flip();
    }
    chars.clear();
    while (true) {
      CoderResult result = decoder.decode(bytes, chars, ended);
      if (result.isError()) {
        if (chars.remaining() < result.length()) {
          break;
        }
        for (int i = 0; i < result.length(); i++) {
          chars.put((char) (ESCAPE | 0x80 | (bytes.get() & 0xff)));
        }
      } else {
        flushed = ended && result.isUnderflow();
        break;
      }
    }
    chars.flip();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
