package dev.memoryconsole.enrich.llm.prompt;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/**
 * Counts tokens as OpenAI's present models do; other models differ by some per cent. Thread-safe.
 * The first count loads the vocabulary.
 */
public final class TokenCounter {
  // Counted in pieces, so that a text of megabytes takes time in proportion.
  private static final int PIECE = 20_000;

  private TokenCounter() {}

  /** How many tokens a text has. */
  public static int count(String text) {
    int tokens = 0;
    for (int from = 0; from < text.length(); from += PIECE) {
      tokens +=
          Vocabulary.ENCODING.countTokensOrdinary(
              text.substring(from, Math.min(from + PIECE, text.length())));
    }
    return tokens;
  }

  private static final class Vocabulary {
    static final Encoding ENCODING =
        Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
  }
}
