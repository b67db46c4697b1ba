package dev.memoryconsole.ui.locks.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class LaneSeriesTest {
  private static LaneSeries of(List<LaneAcquisition> holds) {
    LaneSeries series = new LaneSeries();
    holds.forEach(series::add);
    return series;
  }

  @Test
  void whateverOrderTheyComeInTheyAreInTheOrderOfTheirAcquisition() {
    List<LaneAcquisition> holds = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      holds.add(LaneAcquisitions.ofRun(i, i * 100L, 20, 60));
    }
    List<LaneAcquisition> mixed = new ArrayList<>(holds);
    Collections.shuffle(mixed, new Random(3));
    LaneSeries series = of(mixed);
    for (int i = 0; i < holds.size(); i++) {
      assertThat(series.at(i)).isEqualTo(holds.get(i));
    }
  }

  @Test
  void halvingFindsExactlyWhatAScanFinds() {
    Random random = new Random(11);
    List<LaneAcquisition> holds = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      holds.add(
          LaneAcquisitions.ofRun(
              i, random.nextInt(10_000), random.nextInt(300), 1 + random.nextInt(80)));
    }
    LaneSeries series = of(holds);
    for (int i = 0; i < 200; i++) {
      long from = random.nextInt(10_000);
      long to = from + random.nextInt(500);
      List<LaneAcquisition> found = new ArrayList<>();
      for (int at = series.firstReaching(from); at < series.endOfThoseBefore(to); at++) {
        if (series.released(at) >= from && series.asked(at) <= to) {
          found.add(series.at(at));
        }
      }
      List<LaneAcquisition> scanned =
          holds.stream()
              .filter(hold -> hold.released() >= from && hold.asked() <= to)
              .sorted(Comparator.comparingLong(LaneAcquisition::acquired))
              .toList();
      assertThat(found).containsExactlyInAnyOrderElementsOf(scanned);
    }
  }

  @Test
  void whatHeldAtAMomentIsNearerThanWhatWaitedThen() {
    LaneAcquisition holder = LaneAcquisitions.ofRun(1, 100, 0, 50);
    LaneAcquisition waiter = LaneAcquisitions.ofRun(2, 150, 40, 30);
    LaneSeries series = of(List.of(holder, waiter));
    assertThat(series.near(120, 5)).isEqualTo(holder);
    assertThat(series.near(160, 5)).isEqualTo(waiter);
    assertThat(series.near(184, 5)).isEqualTo(waiter);
    assertThat(series.near(400, 5)).isNull();
  }

  @Test
  void theEarliestAreForgottenFirst() {
    LaneSeries series = new LaneSeries();
    for (int i = 0; i < 300; i++) {
      series.add(LaneAcquisitions.ofRun(i, i * 10L, 0, 5));
    }
    series.dropFirst(100);
    assertThat(series.size()).isEqualTo(200);
    assertThat(series.at(0).event().purpose().batch()).isEqualTo(100);
    assertThat(series.firstReaching(1_500)).isEqualTo(50);
  }
}
