package dev.memoryconsole.enrich.llm.http;

import dev.memoryconsole.settings.Secret;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the key out of what an endpoint says: whole from its answers; from the words for the admin
 * also the parts of it, as endpoints like to echo them. Immutable.
 */
public final class KeyMask {
  private static final String MASK = "***";
  private static final int LEAST_PART = 8;
  private static final int LEAST_END = 3;
  // sk-ab***yz, ****yz, sk-ab...yz
  private static final Pattern STARRED =
      Pattern.compile("[^\\s\"'“”‘’(),;:=<>]*(?:\\*{2,}|[•●∗]{2,})[^\\s\"'“”‘’(),;:=<>]*");
  private static final Pattern SHORTENED =
      Pattern.compile("([A-Za-z0-9_-]*)(?:…|\\.{3,}|[xX#]{4,})([A-Za-z0-9_-]*)");
  private static final Pattern ENDING =
      Pattern.compile(
          "((?:end(?:s|ing)?|start(?:s|ing)?|begin(?:s|ning)?)"
              + " (?:in|with)\\s*:?\\s*[\"'`]?)([A-Za-z0-9_-]{2,})");

  private final Optional<Secret> key;

  /** Hides this key. */
  public KeyMask(Optional<Secret> key) {
    this.key = key;
  }

  /** The text without the whole key. */
  public String inAnswer(String text) {
    return key.map(secret -> secret.maskIn(text)).orElse(text);
  }

  /** The text without the key and without any part of it. */
  public String inWords(String text) {
    return key.map(secret -> withoutParts(secret.maskIn(text), secret.reveal())).orElse(text);
  }

  private static String withoutParts(String text, String key) {
    String masked = STARRED.matcher(text).replaceAll(MASK);
    masked =
        SHORTENED
            .matcher(masked)
            .replaceAll(
                part ->
                    isBeginning(part.group(1), key) || isEnd(part.group(2), key)
                        ? MASK
                        : Matcher.quoteReplacement(part.group()));
    masked =
        ENDING
            .matcher(masked)
            .replaceAll(
                part ->
                    key.endsWith(part.group(2)) || key.startsWith(part.group(2))
                        ? Matcher.quoteReplacement(part.group(1) + MASK)
                        : Matcher.quoteReplacement(part.group()));
    return withoutPieces(masked, key);
  }

  private static boolean isBeginning(String text, String key) {
    return text.length() >= LEAST_END && key.startsWith(text);
  }

  private static boolean isEnd(String text, String key) {
    return text.length() >= LEAST_END && key.endsWith(text);
  }

  /** Without any run of characters that is a part of the key. */
  private static String withoutPieces(String text, String key) {
    if (key.length() < LEAST_PART) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int length = LEAST_PART;
      if (at + length > text.length() || !key.contains(text.substring(at, at + length))) {
        kept.append(text.charAt(at));
        at++;
        continue;
      }
      while (at + length < text.length() && key.contains(text.substring(at, at + length + 1))) {
        length++;
      }
      kept.append(MASK);
      at += length;
    }
    return kept.toString();
  }
}
