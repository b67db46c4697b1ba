package dev.memoryconsole.enrich.llm;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The header {@code Retry-After}: seconds, or an HTTP date (RFC 9110, section 10.2.3). */
final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

  private RetryAfter() {}

  /** How long to wait from now; a date in the past is no wait; empty for anything else. */
  static Optional<Duration> parse(String header, Instant now) {
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
}
