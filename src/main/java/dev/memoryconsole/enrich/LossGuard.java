package dev.memoryconsole.enrich;

import dev.memoryconsole.message.Message;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides whether a model's full-content layer lost something of the text: any number, URL, e-mail
 * address, quoted string, code span or identifier-like token, or more than 40 % of its length
 * (src/docs/merge.md). Stateless.
 */
public final class LossGuard {
  private static final double LEAST_SHARE = 0.6;

  private static final Pattern PRECIOUS =
      Pattern.compile(
          String.join(
              "|",
              // URL
              "[A-Za-z][A-Za-z0-9+.-]*://[^\\s<>\"'、。，；：！？）」』】]*[^\\s<>\"'、。，；：！？）」』】.,;:!?)]",
              // e-mail address
              "[\\w.+-]++@[\\w-]++\\.[\\w.-]*[\\w-]",
              // code span
              "`[^`\\n]+`",
              // quoted string
              "\"[^\"\\n]+\"",
              "“[^”\\n]+”",
              "「[^」\\n]+」",
              "『[^』\\n]+』",
              // identifier-like: joined by _ . / : # @ -, mixed case inside, or letters with digits
              "(?=[A-Za-z0-9]++[_./:#@-]++[A-Za-z0-9])[A-Za-z0-9_./:#@-]*[A-Za-z0-9]",
              "[a-z]+[A-Z][A-Za-z0-9]*",
              "[A-Za-z]+[0-9][A-Za-z0-9]*",
              "[0-9]+[A-Za-z][A-Za-z0-9]*",
              // number
              "[0-9]+"));

  private LossGuard() {}

  /**
   * What the content lost of the text.
   *
   * @return what to say of it, or empty if nothing was lost
   */
  public static Optional<Message> lossIn(String content, String text) {
    Matcher precious = PRECIOUS.matcher(text);
    while (precious.find()) {
      if (!containsWhole(content, precious.group())) {
        return Optional.of(EnrichCode.CONTENT_LACKED.with(shorten(precious.group())));
      }
    }
    if (content.length() < LEAST_SHARE * text.length()) {
      return Optional.of(
          EnrichCode.CONTENT_TOO_SHORT.with(Math.round(100.0 * content.length() / text.length())));
    }
    return Optional.empty();
  }

  /** Whether the token occurs, not as a part of a longer number or word. */
  private static boolean containsWhole(String content, String token) {
    for (int at = content.indexOf(token); at >= 0; at = content.indexOf(token, at + 1)) {
      if (isBoundary(content, at - 1, at)
          && isBoundary(content, at + token.length() - 1, at + token.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBoundary(String content, int left, int right) {
    return left < 0
        || right >= content.length()
        || !isWord(content.charAt(left))
        || !isWord(content.charAt(right));
  }

  private static boolean isWord(char unit) {
    return (unit >= '0' && unit <= '9')
        || (unit >= 'a' && unit <= 'z')
        || (unit >= 'A' && unit <= 'Z')
        || unit == '_';
  }

  private static String shorten(String token) {
    return token.length() <= 40 ? token : token.substring(0, 40) + "…";
  }
}
