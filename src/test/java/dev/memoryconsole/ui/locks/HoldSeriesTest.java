package dev.memoryconsole.ui.locks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HoldSeriesTest {
  private static HoldSeries of(List<Hold> holds) {
    HoldSeries series = new HoldSeries();
    holds.forEach(series::add);
    return series;
  }

  @Test
  void whateverOrderTheyComeInTheyAreInTheOrderOfTheirAcquisition() {
    List<Hold> holds = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      holds.add(Holds.ofRun(i, i * 100L, 20, 60));
    }
    List<Hold> mixed = new ArrayList<>(holds);
    Collections.shuffle(mixed, new Random(3));
    HoldSeries series = of(mixed);
    for (int i = 0; i < holds.size(); i++) {
      assertThat(series.at(i)).isEqualTo(holds.get(i));
    }
  }

  @Test
  void halvingFindsExactlyWhatAScanFinds() {
    Random random = new Random(11);
    List<Hold> holds = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      holds.add(
          Holds.ofRun(i, random.nextInt(10_000), random.nextInt(300), 1 + random.nextInt(80)));
    }
    HoldSeries series = of(holds);
    for (int i = 0; i < 200; i++) {
      long from = random.nextInt(10_000);
      long to = from + random.nextInt(500);
      List<Hold> found = new ArrayList<>();
      for (int at = series.firstReaching(from); at < series.endOfThoseBefore(to); at++) {
        if (series.released(at) >= from && series.asked(at) <= to) {
          found.add(series.at(at));
        }
      }
      List<Hold> scanned =
          holds.stream()
              .filter(hold -> hold.released() >= from && hold.asked() <= to)
              .sorted(Comparator.comparingLong(Hold::acquired))
              .toList();
      assertThat(found).containsExactlyInAnyOrderElementsOf(scanned);
    }
  }

  @Test
  void whatHeldAtAMomentIsNearerThanWhatWaitedThen() {
    Hold holder = Holds.ofRun(1, 100, 0, 50);
    Hold waiter = Holds.ofRun(2, 150, 40, 30);
    HoldSeries series = of(List.of(holder, waiter));
    assertThat(series.near(120, 5)).isEqualTo(holder);
    assertThat(series.near(160, 5)).isEqualTo(waiter);
    assertThat(series.near(184, 5)).isEqualTo(waiter);
    assertThat(series.near(400, 5)).isNull();
  }

  @Test
  void theEarliestAreForgottenFirst() {
    HoldSeries series = new HoldSeries();
    for (int i = 0; i < 300; i++) {
      series.add(Holds.ofRun(i, i * 10L, 0, 5));
    }
    series.dropFirst(100);
    assertThat(series.size()).isEqualTo(200);
    assertThat(series.at(0).event().purpose().batch()).isEqualTo(100);
    assertThat(series.firstReaching(1_500)).isEqualTo(50);
  }
}
