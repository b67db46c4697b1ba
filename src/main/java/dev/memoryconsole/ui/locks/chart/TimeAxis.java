package dev.memoryconsole.ui.locks.chart;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where an axis of time has its marks, and what they say. User interface's thread only. */
public final class TimeAxis {
  private static final long MILLI = 1_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long[] STEPS = {
    10,
    20,
    50,
    100,
    200,
    500,
    MILLI,
    2 * MILLI,
    5 * MILLI,
    10 * MILLI,
    20 * MILLI,
    50 * MILLI,
    100 * MILLI,
    200 * MILLI,
    500 * MILLI,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY
  };
  private static final int KEPT = 64;

  private final ZoneId zone;
  private final DateTimeFormatter days;
  private final DateTimeFormatter minutes = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private final DateTimeFormatter seconds = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private final DateTimeFormatter millis = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
  private final DateTimeFormatter micros =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);
  private final long[] times = new long[KEPT];
  private final @Nullable String[] labels = new @Nullable String[KEPT];
  private long labelStep;

  /**
   * @param days how a date is written
   */
  public TimeAxis(ZoneId zone, DateTimeFormatter days) {
    this.zone = zone;
    this.days = days;
  }

  /** The smallest round step that leaves at most {@code most} marks in {@code length}. */
  static long step(double length, int most) {
    for (long step : STEPS) {
      if (length / step <= most) {
        return step;
      }
    }
    return STEPS[STEPS.length - 1] * (long) Math.ceil(length / STEPS[STEPS.length - 1] / most);
  }

  /** The first mark at or after {@code from}, round in the admin's own time. */
  long firstMark(double from, long step) {
    long offset = offset((long) from);
    return Math.ceilDiv((long) Math.ceil(from) + offset, step) * step - offset;
  }

  /** What the mark says; made once and kept while the step stays. */
  String label(long mark, long step) {
    if (step != labelStep) {
      labelStep = step;
      Arrays.fill(labels, null);
    }
    int place = Math.floorMod(Math.floorDiv(mark, step), KEPT);
    String label = labels[place];
    if (label == null || times[place] != mark) {
      label = text(mark, step);
      labels[place] = label;
      times[place] = mark;
    }
    return label;
  }

  /** A moment, as exactly as the step is fine. */
  public String text(long time, long step) {
    var at = Instant.EPOCH.plus(time, ChronoUnit.MICROS).atZone(zone);
    if (step >= DAY) {
      return days.format(at);
    }
    if (step >= MINUTE) {
      return at.toLocalTime().toSecondOfDay() == 0 ? days.format(at) : minutes.format(at);
    }
    return (step >= SECOND ? seconds : step >= MILLI ? millis : micros).format(at);
  }

  private long offset(long time) {
    Instant at = Instant.ofEpochMilli(TimeUnit.MICROSECONDS.toMillis(time));
    return TimeUnit.SECONDS.toMicros(zone.getRules().getOffset(at).getTotalSeconds());
  }
}
