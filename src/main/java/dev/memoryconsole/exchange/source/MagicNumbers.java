package dev.memoryconsole.exchange.source;

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
  private static final String PACKED = "is packed (%s); nothing was imported, unpack it first.";

  private static final Map<String, String> SENTENCES =
      Map.of(
          "1f8b",
          PACKED.formatted("gzip"),
          "504b0304",
          PACKED.formatted("zip"),
          "28b52ffd",
          PACKED.formatted("zstd"),
          "fd377a585a00",
          PACKED.formatted("xz"),
          "425a68",
          PACKED.formatted("bzip2"),
          HexFormat.of().formatHex("SQLite format 3".getBytes(StandardCharsets.US_ASCII)),
          "is a SQLite database, no export; nothing was imported, open it as a store instead.");
  private static final int LONGEST = 16;

  private MagicNumbers() {}

  /**
   * What a file is that holds no text, and what to do about it.
   *
   * @return the rest of a sentence about the file, for example {@code is packed (gzip); …}; empty
   *     if it begins like none of these
   * @throws IOException if the file can't be read
   */
  public static Optional<String> of(Path file) throws IOException {
    byte[] head = JsonSource.head(file, LONGEST);
    return SENTENCES.entrySet().stream()
        .filter(each -> beginsWith(head, HexFormat.of().parseHex(each.getKey())))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static boolean beginsWith(byte[] head, byte[] magic) {
    return head.length >= magic.length
        && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }
}
