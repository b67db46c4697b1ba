package dev.memoryconsole.exchange.source;

import dev.memoryconsole.message.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Recognises files that people take for an export and that are no text at all, by the bytes they
 * begin with.
 */
public final class MagicNumbers {
  private static final String SQLITE = "SQLite";
  private static final Map<String, String> KINDS =
      Map.of(
          "1f8b",
          "gzip",
          "504b0304",
          "zip",
          "28b52ffd",
          "zstd",
          "fd377a585a00",
          "xz",
          "425a68",
          "bzip2",
          HexFormat.of().formatHex("SQLite format 3".getBytes(StandardCharsets.US_ASCII)),
          SQLITE);
  private static final int LONGEST = 16;

  private MagicNumbers() {}

  /**
   * What a file is that holds no text, and what to do about it.
   *
   * @return a sentence; empty if the file begins like none of these
   * @throws IOException if the file can't be read
   */
  public static Optional<Message> of(Path file) throws IOException {
    byte[] head = JsonSource.head(file, LONGEST);
    return KINDS.entrySet().stream()
        .filter(each -> beginsWith(head, HexFormat.of().parseHex(each.getKey())))
        .map(Map.Entry::getValue)
        .findFirst()
        .map(
            kind ->
                kind.equals(SQLITE)
                    ? SourceCode.DATABASE.with(file)
                    : SourceCode.PACKED.with(file, kind));
  }

  private static boolean beginsWith(byte[] head, byte[] magic) {
    return head.length >= magic.length
        && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }
}
