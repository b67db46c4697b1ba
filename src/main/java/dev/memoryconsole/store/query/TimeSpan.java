package dev.memoryconsole.store.query;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A year, a month, a day, a minute, or how long ago, in the clock's zone.
 *
 * @param from its first millisecond since 1970
 * @param until the first one behind it; the same for an instant
 */
record TimeSpan(long from, long until) {
  private static final Pattern AGO = Pattern.compile("(\\d{1,4})([hdwmy])");
  private static final Pattern DATE =
      Pattern.compile("(\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2})(?:T(\\d{1,2}):(\\d{2}))?)?)?");

  /** What was written; empty if it is no time. */
  static Optional<TimeSpan> of(String written, Clock clock) {
    try {
      return read(written.toLowerCase(Locale.ROOT), clock);
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static Optional<TimeSpan> read(String written, Clock clock) {
    LocalDate today = LocalDate.now(clock);
    if (written.equals("today")) {
      return Optional.of(of(today.atStartOfDay(), today.plusDays(1).atStartOfDay(), clock));
    }
    if (written.equals("yesterday")) {
      return Optional.of(of(today.minusDays(1).atStartOfDay(), today.atStartOfDay(), clock));
    }
    Matcher ago = AGO.matcher(written);
    if (ago.matches()) {
      long instant = ago(Integer.parseInt(ago.group(1)), ago.group(2), clock);
      return Optional.of(new TimeSpan(instant, instant));
    }
    Matcher date = DATE.matcher(written.toUpperCase(Locale.ROOT));
    return date.matches() ? Optional.of(span(date, clock)) : Optional.empty();
  }

  private static long ago(int count, String unit, Clock clock) {
    ZonedDateTime now = ZonedDateTime.now(clock);
    ZonedDateTime then =
        switch (unit) {
          case "h" -> now.minusHours(count);
          case "d" -> now.minusDays(count);
          case "w" -> now.minusWeeks(count);
          case "m" -> now.minusMonths(count);
          default -> now.minus(Period.ofYears(count));
        };
    return then.toInstant().toEpochMilli();
  }

  private static TimeSpan span(Matcher date, Clock clock) {
    int year = Integer.parseInt(date.group(1));
    if (date.group(2) == null) {
      LocalDateTime start = LocalDate.of(year, 1, 1).atStartOfDay();
      return of(start, start.plusYears(1), clock);
    }
    int month = Integer.parseInt(date.group(2));
    if (date.group(3) == null) {
      LocalDateTime start = YearMonth.of(year, month).atDay(1).atStartOfDay();
      return of(start, start.plusMonths(1), clock);
    }
    LocalDate day = LocalDate.of(year, month, Integer.parseInt(date.group(3)));
    if (date.group(4) == null) {
      return of(day.atStartOfDay(), day.plusDays(1).atStartOfDay(), clock);
    }
    LocalDateTime minute =
        day.atTime(Integer.parseInt(date.group(4)), Integer.parseInt(date.group(5)));
    return of(minute, minute.plusMinutes(1), clock);
  }

  private static TimeSpan of(LocalDateTime from, LocalDateTime until, Clock clock) {
    return new TimeSpan(
        from.atZone(clock.getZone()).toInstant().toEpochMilli(),
        until.atZone(clock.getZone()).toInstant().toEpochMilli());
  }
}
