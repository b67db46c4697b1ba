package dev.memoryconsole.ui.locks.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockPurpose;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class LanePixelsTest {
  private static LanePixels fill(LaneSeries series, double from, double length, int width) {
    LanePixels columns = new LanePixels();
    columns.fill(series, new TimeWindow(from, length), width);
    return columns;
  }

  @Test
  void everyColumnKnowsItsShareOfTheTimeHeld() {
    LaneSeries series = new LaneSeries();
    series.add(LaneAcquisitions.ofRun(1, 1_000, 0, 250));
    series.add(LaneAcquisitions.ofRun(2, 1_500, 0, 1_000));
    LanePixels columns = fill(series, 1_000, 2_000, 4);
    assertThat(columns.held(0)).isEqualTo(0.5f);
    assertThat(columns.held(1)).isEqualTo(1f);
    assertThat(columns.held(2)).isEqualTo(1f);
    assertThat(columns.held(3)).isZero();
  }

  @Test
  void nothingHeldIsLostHoweverManyFallIntoOneColumn() {
    Random random = new Random(5);
    LaneSeries series = new LaneSeries();
    double held = 0;
    for (int i = 0; i < 10_000; i++) {
      int length = 1 + random.nextInt(60);
      series.add(LaneAcquisitions.ofRun(i, i * 100L, 10, length));
      held += length;
    }
    for (int width : new int[] {7, 64, 999}) {
      LanePixels columns = fill(series, 0, 1_000_000, width);
      double sum = 0;
      for (int c = 0; c < width; c++) {
        sum += columns.held(c) * 1_000_000.0 / width;
      }
      assertThat(sum).isCloseTo(held, within(held / 1_000));
    }
  }

  @Test
  void aWaitFillsTheColumnsBeforeItsHold() {
    LaneSeries series = new LaneSeries();
    series.add(LaneAcquisitions.ofRun(1, 1_000, 400, 100));
    LanePixels columns = fill(series, 0, 2_000, 20);
    assertThat(columns.waited(5)).isFalse();
    assertThat(columns.waited(6)).isTrue();
    assertThat(columns.waited(9)).isTrue();
    assertThat(columns.waited(10)).isFalse();
    assertThat(columns.held(10)).isEqualTo(1f);
  }

  @Test
  void whoGaveUpAndWhoWasOnlySeenAreMarked() {
    LaneSeries series = new LaneSeries();
    series.add(
        LaneAcquisitions.of(
            new LockHolder.OurRun(7, 1),
            new LockPurpose(LockPurpose.Kind.UPGRADE, 7, 1),
            500,
            300,
            0,
            LockAcquisition.Outcome.TIMED_OUT));
    series.add(LaneAcquisition.of(LockAcquisition.commitSeen(LockHolder.Foreign.UNKNOWN, 900)));
    LanePixels columns = fill(series, 0, 1_000, 10);
    assertThat(columns.trouble(5)).isTrue();
    assertThat(columns.held(5)).isZero();
    assertThat(columns.seen(9)).isTrue();
    assertThat(columns.trouble(9)).isFalse();
  }

  @Test
  void whatIsOutsideTheWindowIsLeftOut() {
    LaneSeries series = new LaneSeries();
    series.add(LaneAcquisitions.ofRun(1, 0, 0, 100));
    series.add(LaneAcquisitions.ofRun(2, 5_000, 0, 100));
    LanePixels columns = fill(series, 1_000, 1_000, 10);
    for (int c = 0; c < columns.width(); c++) {
      assertThat(columns.held(c)).isZero();
      assertThat(columns.waited(c)).isFalse();
    }
  }
}
