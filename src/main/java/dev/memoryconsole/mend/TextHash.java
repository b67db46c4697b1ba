package dev.memoryconsole.mend;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells later whether a row still has the text that it had, without keeping the text. */
public final class TextHash {
  private TextHash() {}

  /** The hash of a text, also of one with half a character. */
  public static String of(String text) {
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
