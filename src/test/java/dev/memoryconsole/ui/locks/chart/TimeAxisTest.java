package dev.memoryconsole.ui.locks.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

class TimeAxisTest {
  private static final long NOON = micros("2026-11-24T12:00:00Z");

  private static long micros(String instant) {
    return Instant.parse(instant).toEpochMilli() * 1_000;
  }

  private static TimeAxis axis(ZoneId zone) {
    return new TimeAxis(zone, DateTimeFormatter.ISO_LOCAL_DATE);
  }

  @Test
  void marksAreRoundAndNeverMoreThanThereIsRoomFor() {
    for (double length = TimeWindow.SHORTEST; length < TimeWindow.LONGEST; length *= 1.7) {
      assertThat(length / TimeAxis.step(length, 8)).isLessThanOrEqualTo(8);
      assertThat(length / TimeAxis.step(length, 8)).isGreaterThan(1);
    }
    assertThat(TimeAxis.step(60_000_000, 8)).isEqualTo(10_000_000);
  }

  @Test
  void aMarkSaysAsMuchAsItsStepNeeds() {
    TimeAxis axis = axis(ZoneOffset.UTC);
    assertThat(axis.label(NOON, 3_600_000_000L)).isEqualTo("12:00");
    assertThat(axis.label(NOON, 10_000_000)).isEqualTo("12:00:00");
    assertThat(axis.label(NOON + 5_000, 1_000)).isEqualTo("12:00:00.005");
    assertThat(axis.label(NOON + 20, 20)).isEqualTo("12:00:00.000020");
    assertThat(axis.label(micros("2026-11-24T00:00:00Z"), 3_600_000_000L)).isEqualTo("2026-11-24");
  }

  @Test
  void marksAreRoundInTheAdminsOwnTime() {
    TimeAxis axis = axis(ZoneId.of("Asia/Kolkata"));
    long first = axis.firstMark((double) NOON, 3_600_000_000L);
    assertThat(axis.label(first, 3_600_000_000L)).isEqualTo("18:00");
  }

  @Test
  void zoomingLeavesTheMomentUnderThePointerInPlace() {
    TimeWindow window = new TimeWindow((double) NOON, 60_000_000);
    double before = window.time(300, 1_000);
    window.zoom(0.25, 0.3);
    assertThat(window.time(300, 1_000)).isCloseTo(before, within(1.0));
    assertThat(window.length()).isEqualTo(15_000_000);
    window.zoom(1e-9, 0.3);
    assertThat(window.length()).isEqualTo(TimeWindow.SHORTEST);
    window.zoom(1e15, 0.3);
    assertThat(window.length()).isEqualTo(TimeWindow.LONGEST);
  }
}
