package dev.memoryconsole.upgrade.engine;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells after a restart whether a row still has the text that was enriched. */
final class TextHash {
  private TextHash() {}

  static String of(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      // Unit by unit: an encoder would make all halves of characters one and the same.
      ByteBuffer units = ByteBuffer.allocate(Character.BYTES * text.length());
      units.asCharBuffer().put(text);
      return HexFormat.of().formatHex(digest.digest(units.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
