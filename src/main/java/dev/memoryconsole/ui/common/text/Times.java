package dev.memoryconsole.ui.common.text;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** Times and durations as people say them. Thread-safe. */
public final class Times {
  /** Old rows hold seconds instead of milliseconds; this many milliseconds is March 1973. */
  private static final long LARGEST_SECONDS = 100_000_000_000L;

  private static final DateTimeFormatter TIME_OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final Clock clock;
  private final Messages messages;

  /** Seen from this clock, in its zone. */
  public Times(Clock clock, Messages messages) {
    this.clock = clock;
    this.messages = messages;
  }

  /** For example {@code 3 min ago}, {@code 12 Nov}, {@code 12 Nov 2025}. */
  public String relative(long stamp) {
    Instant now = clock.instant();
    Instant then = instant(stamp);
    Duration ago = Duration.between(then, now);
    if (!ago.isNegative() && ago.toMinutes() < 1) {
      return messages.get("time.now");
    }
    if (!ago.isNegative() && ago.toHours() < 1) {
      return messages.get("time.minutes", ago.toMinutes());
    }
    if (!ago.isNegative() && ago.toDays() < 1) {
      return messages.get("time.hours", ago.toHours());
    }
    if (!ago.isNegative() && ago.toDays() < 7) {
      return messages.get("time.days", ago.toDays());
    }
    ZonedDateTime date = then.atZone(clock.getZone());
    boolean thisYear = date.getYear() == now.atZone(clock.getZone()).getYear();
    return messages.numbers().shortDays(!thisYear).format(date);
  }

  /** Date and time to the second. */
  public String exact(long stamp) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.MEDIUM)
        .withLocale(messages.locale())
        .format(instant(stamp).atZone(clock.getZone()));
  }

  /**
   * The time of day as a clock shows it, the same everywhere: {@code 09:56:40}.
   *
   * @param millis milliseconds since 1970
   */
  public String ofDay(long millis) {
    return TIME_OF_DAY.format(Instant.ofEpochMilli(millis).atZone(clock.getZone()));
  }

  /** How long until then, milliseconds rounded up to whole seconds; 0 if it is over. */
  public long millisUntil(long then) {
    return Math.ceilDiv(Math.max(0, then - clock.millis()), 1_000L) * 1_000;
  }

  /** For example {@code 0:05} or {@code 1:02:03}. */
  public static String clock(long millis) {
    Duration d = Duration.ofNanos(Math.max(0, millis) * NANOS_PER_MILLI);
    return d.toHours() > 0
        ? String.format(
            Locale.ROOT, "%d:%02d:%02d", d.toHours(), d.toMinutesPart(), d.toSecondsPart())
        : String.format(Locale.ROOT, "%d:%02d", d.toMinutes(), d.toSecondsPart());
  }

  /** For example {@code 1.1 ms}, {@code 37 ms}, {@code 2.4 s}. */
  public String millis(double millis) {
    if (millis < 0.05) {
      return messages.get("time.ms", millis == 0 ? "0" : "<" + messages.numbers().decimal(0.1, 1));
    }
    if (millis < 10) {
      return messages.get("time.ms", messages.numbers().decimal(millis, 1));
    }
    if (millis < 1000) {
      return messages.get("time.ms", messages.numbers().decimal(millis, 0));
    }
    return messages.get("time.s", messages.numbers().decimal(millis / 1000, 1));
  }

  private static Instant instant(long stamp) {
    return stamp > 0 && stamp < LARGEST_SECONDS
        ? Instant.ofEpochSecond(stamp)
        : Instant.ofEpochMilli(stamp);
  }
}
