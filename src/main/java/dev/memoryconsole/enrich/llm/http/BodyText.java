package dev.memoryconsole.enrich.llm.http;

import dev.memoryconsole.enrich.llm.failure.CallException;
import dev.memoryconsole.enrich.llm.failure.EndpointCode;
import dev.memoryconsole.enrich.llm.failure.FailureKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The text of a body: unpacked if it is packed, whether or not anybody asked for that or says so,
 * and in the character set that its mark or its header names. Stateless.
 */
final class BodyText {
  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?([A-Za-z0-9._:-]{1,40})", Pattern.CASE_INSENSITIVE);
  private static final int MOST_LAYERS = 2;

  private BodyText() {}

  /**
   * Unpacks and decodes a body.
   *
   * @param encoding the header {@code Content-Encoding}, or nothing
   * @param type the header {@code Content-Type}, or nothing
   * @param most bytes that the text may have
   * @param tooBig what is thrown if it has more
   */
  static String of(
      byte[] body,
      Optional<String> encoding,
      Optional<String> type,
      int most,
      Supplier<CallException> tooBig) {
    String packed = encoding.orElse("").toLowerCase(Locale.ROOT);
    byte[] bytes = body;
    for (int i = 0; i < MOST_LAYERS; i++) {
      InputStream unpacking = unpacking(bytes, packed);
      if (unpacking == null) {
        break;
      }
      bytes = read(unpacking, most, tooBig);
    }
    if (bytes.length > 0 && bytes == body && packed.matches(".*\\b(?:br|zstd|compress)\\b.*")) {
      throw new CallException(FailureKind.BAD_ENVELOPE, EndpointCode.PACKING_UNKNOWN.with());
    }
    return decoded(bytes, type);
  }

  private static @Nullable InputStream unpacking(byte[] bytes, String packed) {
    if (bytes.length < 2) {
      return null;
    }
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    if (first == 0x1f && second == 0x8b) {
      try {
        return new GZIPInputStream(in);
      } catch (IOException broken) {
        throw broken();
      }
    }
    // RFC 1950: the header's check bits; no JSON begins with an x.
    if (first == 0x78 && (first << 8 | second) % 31 == 0) {
      return new InflaterInputStream(in);
    }
    boolean text = first == '{' || first == '[' || first == '<' || first <= ' ' || first == 'd';
    return packed.contains("deflate") && !text
        ? new InflaterInputStream(in, new Inflater(true))
        : null;
  }

  private static byte[] read(InputStream in, int most, Supplier<CallException> tooBig) {
    try (in) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw tooBig.get();
      }
      return bytes;
    } catch (IOException e) {
      throw broken();
    }
  }

  private static CallException broken() {
    return new CallException(
        FailureKind.CONNECTION_BROKEN, EndpointCode.PACKED_ANSWER_BROKE_OFF.with());
  }

  private static String decoded(byte[] bytes, Optional<String> type) {
    if (starts(bytes, 0xef, 0xbb, 0xbf)) {
      return decode(bytes, 3, StandardCharsets.UTF_8);
    }
    if (starts(bytes, 0xff, 0xfe)) {
      return decode(bytes, 2, StandardCharsets.UTF_16LE);
    }
    if (starts(bytes, 0xfe, 0xff)) {
      return decode(bytes, 2, StandardCharsets.UTF_16BE);
    }
    return decode(bytes, 0, charset(type));
  }

  private static Charset charset(Optional<String> type) {
    Matcher named = CHARSET.matcher(type.orElse(""));
    try {
      return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
    } catch (UnsupportedCharsetException | IllegalCharsetNameException e) {
      return StandardCharsets.UTF_8;
    }
  }

  private static boolean starts(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static String decode(byte[] bytes, int from, Charset charset) {
    try {
      return charset
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new CallException(
          FailureKind.BAD_ENVELOPE, EndpointCode.NOT_VALID.with(charset.name()));
    }
  }
}
