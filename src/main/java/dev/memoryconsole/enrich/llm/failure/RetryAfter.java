package dev.memoryconsole.enrich.llm.failure;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When an endpoint wants to be asked again, wherever it says so. Stateless. */
public final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");
  // Gemini's RetryInfo, and the words of Groq, OpenAI and others.
  private static final Pattern WORDS =
      Pattern.compile(
          "(?:retrydelay\"?\\s*:\\s*\"|(?:try again|retry) (?:in|after) (?:about )?)"
              + "(?:(\\d{1,4})\\s?h(?:ours?)?)?\\s?(?:(\\d{1,4})\\s?m(?:in(?:utes?)?)?(?![a-z]))?"
              + "\\s?(?:(\\d{1,7}(?:\\.\\d{1,9})?)\\s?(ms|s))?");

  private RetryAfter() {}

  /** The header {@code Retry-After}: seconds, or an HTTP date (RFC 9110, section 10.2.3). */
  public static Optional<Duration> parse(String header, Instant now) {
    String value = header.strip();
    if (SECONDS.matcher(value).matches()) {
      return Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(value) * 1_000)));
    }
    try {
      Instant until =
          ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
              .toInstant();
      return Optional.of(until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO);
    } catch (DateTimeParseException noDate) {
      return Optional.empty();
    }
  }

  /**
   * From an answer's headers, else from its body.
   *
   * @param headers the first value of a header, by its name
   */
  public static @Nullable Duration of(
      Function<String, Optional<String>> headers, String body, Instant now) {
    return headers
        .apply("retry-after-ms")
        .map(String::strip)
        .filter(millis -> SECONDS.matcher(millis).matches())
        .map(millis -> Duration.ofMillis(Math.round(Double.parseDouble(millis))))
        .or(() -> headers.apply("Retry-After").flatMap(header -> parse(header, now)))
        .or(() -> inWords(body))
        .orElse(null);
  }

  private static Optional<Duration> inWords(String body) {
    Matcher words = WORDS.matcher(body.toLowerCase(Locale.ROOT));
    while (words.find()) {
      double seconds = number(words.group(1)) * 3_600 + number(words.group(2)) * 60;
      double rest = number(words.group(3));
      seconds += "ms".equals(words.group(4)) ? rest / 1_000 : rest;
      if (seconds > 0) {
        return Optional.of(Duration.ofMillis(Math.round(seconds * 1_000)));
      }
    }
    return Optional.empty();
  }

  private static double number(@Nullable String digits) {
    return digits == null ? 0 : Double.parseDouble(digits);
  }
}
