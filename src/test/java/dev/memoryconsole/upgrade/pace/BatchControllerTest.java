package dev.memoryconsole.upgrade.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.store.OtherWriters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The controller on simulated stores: what a hold costs is a formula, with noise. */
class BatchControllerTest {
  private static final double MILLI = 1_000_000;
  private static final OtherWriters NOBODY = new OtherWriters(false, false);
  private static final OtherWriters WAITING = new OtherWriters(true, true);
  private static final int ROWS = 100_000;

  private final Random random = new Random(7);

  /** A store where a hold costs so much for itself, and so much for each row, in milliseconds. */
  private final class Simulated {
    double fixed;
    double perRow;
    double sigma;
    double stallShare;
    double stallMillis;

    Simulated(double fixed, double perRow) {
      this.fixed = fixed;
      this.perRow = perRow;
    }

    double expected(int rows) {
      return fixed + perRow * rows;
    }

    long hold(int rows) {
      double noise = Math.exp(sigma * random.nextGaussian());
      double stall = random.nextDouble() < stallShare ? stallMillis * random.nextDouble() : 0;
      return Math.round((expected(rows) * noise + stall) * MILLI);
    }
  }

  private static BatchController controller(int bound, int first) {
    return new BatchController(bound, first, false);
  }

  private static BatchController fitting(int bound) {
    return new BatchController(bound, 10, true);
  }

  private long step(BatchController controller, Simulated store, OtherWriters others) {
    int rows = controller.rows();
    long hold = store.hold(rows);
    controller.held(rows, hold, others);
    return hold;
  }

  /** The holds, in milliseconds, that upgrading so many rows takes. */
  private List<Double> upgrade(
      BatchController controller, Simulated store, int rows, IntToDoubleFunction perRowAt) {
    List<Double> holds = new ArrayList<>();
    for (int done = 0; done < rows; ) {
      store.perRow = perRowAt.applyAsDouble(done);
      done += controller.rows();
      holds.add(step(controller, store, NOBODY) / MILLI);
    }
    Collections.sort(holds);
    return holds;
  }

  private static double p99(List<Double> sorted) {
    return sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "0.3, 0.07, 50, 1", "0.3, 0.07, 50, 10", "0.3, 0.07, 50, 10000", "0.3, 0.07, 5, 10000",
    "24, 0.25, 100, 1", "24, 0.25, 100, 10", "24, 0.25, 100, 10000", "0.1, 2, 50, 10000",
    "0.1, 0.01, 50, 1", "0.1, 2, 50, 1", "0, 0.005, 20, 10", "5, 0.02, 50, 3000"
  })
  void findsTheSizeWithinTenBatchesFromAnyStart(double fixed, double perRow, int bound, int first) {
    for (double sigma : new double[] {0, 0.1, 0.3}) {
      Simulated store = new Simulated(fixed, perRow);
      store.sigma = sigma;
      BatchController controller = controller(bound, first);
      for (int batch = 0; batch < 10; batch++) {
        step(controller, store, NOBODY);
      }
      assertThat(store.expected(controller.rows()))
          .as("from %d rows, noise %s, %s", first, sigma, controller.pace(0))
          .isBetween(Math.min(0.15 * bound, store.expected(Batching.MOST_ROWS)), 0.7 * bound);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.3, 0.07, 50", "24, 0.25, 100", "0.3, 0.5, 20", "1, 0.07, 200"})
  void keepsHoldsBelowTheBoundOnAHundredThousandRows(double fixed, double perRow, int bound) {
    for (double sigma : new double[] {0.05, 0.3, 0.5}) {
      Simulated store = new Simulated(fixed, perRow);
      store.sigma = sigma;
      store.stallShare = 0.004;
      store.stallMillis = 2 * bound;
      List<Double> holds = upgrade(controller(bound, 10), store, ROWS, done -> perRow);
      // With much noise over a high fixed cost the lock alone is at the bound, with any batch.
      boolean atTheBound = fixed * Math.exp(2.33 * sigma) > 0.7 * bound;
      assertThat(p99(holds)).as("p99, noise %s", sigma).isLessThan(atTheBound ? 3 * bound : bound);
      assertThat(holds.getLast()).as("max, noise %s", sigma).isLessThan(5 * bound);
      assertThat(holds.size()).as("it must not crawl").isLessThan(ROWS / 9);
    }
  }

  @Test
  void followsADriftAndAStep() {
    Simulated store = new Simulated(0.3, 0.07);
    store.sigma = 0.2;
    List<Double> drift =
        upgrade(controller(50, 10), store, ROWS, done -> 0.07 * (1 + 9.0 * done / ROWS));
    assertThat(p99(drift)).isLessThan(50);
    assertThat(drift.getLast()).isLessThan(5 * 50);
    BatchController controller = controller(50, 10);
    List<Double> step =
        upgrade(controller, store, ROWS, done -> done % 50_000 < 25_000 ? 0.05 : 0.2);
    assertThat(p99(step)).isLessThan(50);
    assertThat(step.getLast()).isLessThan(5 * 50);
  }

  @Test
  void growsAgainWhenTheStoreIsFastAgain() {
    Simulated store = new Simulated(0.3, 1);
    BatchController controller = controller(50, 10);
    upgrade(controller, store, 2_000, done -> 1);
    int slow = controller.rows();
    upgrade(controller, store, 20_000, done -> 0.05);
    assertThat(controller.rows()).isGreaterThan(5 * slow);
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 100})
  void oneLongHoldMakesTheNextBatchSmallerAtOnce(int bound) {
    Simulated store = new Simulated(0.3, 0.07);
    BatchController controller = controller(bound, 10);
    upgrade(controller, store, 20_000, done -> 0.07);
    int before = controller.rows();
    long hold = Math.round(3 * bound * MILLI);
    controller.held(before, hold, NOBODY);
    assertThat(controller.rows()).isLessThanOrEqualTo(before / 2);
    assertThat(controller.pace(0).reason()).isEqualTo(BatchPace.Reason.OVER_THE_BOUND);
    upgrade(controller, store, 40_000, done -> 0.07);
    assertThat(controller.rows()).as("one odd hold is forgotten").isGreaterThan(before / 2);
  }

  @Test
  void aWaitingWriterHalvesTheNextBatchAndLeavesItSmallForAWhile() {
    Simulated store = new Simulated(0.3, 0.07);
    BatchController controller = controller(50, 10);
    upgrade(controller, store, 20_000, done -> 0.07);
    int before = controller.rows();
    step(controller, store, WAITING);
    assertThat(controller.rows()).isEqualTo(before / 2);
    assertThat(controller.pace(0).reason()).isEqualTo(BatchPace.Reason.WRITER_WAITING);
    controller.seen(WAITING);
    assertThat(controller.rows()).as("the same wait counts once").isEqualTo(before / 2);
    step(controller, store, NOBODY);
    assertThat(controller.rows()).isLessThan(before);
    controller.seen(WAITING);
    assertThat(controller.rows()).isLessThanOrEqualTo(before / 2);
    upgrade(controller, store, 20_000, done -> 0.07);
    assertThat(controller.rows()).isGreaterThan(before / 2);
  }

  @Test
  void waitersDoNotShrinkABatchToWhereTheLockItselfIsAllItCosts() {
    Simulated store = new Simulated(24, 0.25);
    BatchController controller = controller(100, 10);
    upgrade(controller, store, 5_000, done -> 0.25);
    for (int batch = 0; batch < 40; batch++) {
      step(controller, store, WAITING);
    }
    assertThat(store.expected(controller.rows())).isBetween(26.0, 36.0);
  }

  @Test
  void batchesFitBetweenTheWritesOfOthersWhoWriteAllTheTime() {
    Simulated store = new Simulated(0.2, 0.07);
    BatchController controller = fitting(50);
    OtherWriters writing = new OtherWriters(true, false);
    for (int batch = 0; batch < 20; batch++) {
      step(controller, store, NOBODY);
    }
    assertThat(controller.rows()).isGreaterThan(100);
    controller.seen(writing);
    assertThat(controller.rows()).isLessThan(15);
    for (int batch = 0; batch < 20; batch++) {
      step(controller, store, writing);
      assertThat(store.expected(controller.rows())).isLessThan(1.1);
    }
    assertThat(controller.pace(0).reason()).isEqualTo(BatchPace.Reason.AMONG_OTHERS);
    for (int batch = 0; batch < 20; batch++) {
      step(controller, store, NOBODY);
    }
    assertThat(controller.rows()).isGreaterThan(100);
  }

  @ParameterizedTest
  // Of ten rows a hold it would be 4.3, 1.9, 1.0 and 0.2.
  @CsvSource({"2, 6", "5, 5", "10, 4", "40, 3"})
  void whoNeverSeesTheStoreAloneFindsOutThatMoreRowsCostLittleBesideTheWayToIt(
      double fixed, double least) {
    Simulated store = new Simulated(fixed, 0.03);
    store.sigma = 0.1;
    BatchController controller = fitting(3);
    OtherWriters writing = new OtherWriters(true, false);
    double rows = 0;
    double millis = 0;
    for (int batch = 0; batch < 100; batch++) {
      rows += controller.rows();
      millis += step(controller, store, writing) / MILLI;
    }
    assertThat(rows / millis).as("rows a millisecond of holds").isGreaterThan(least);
  }

  @Test
  void whereTheLockAloneBreaksTheBoundBatchesAreLargeAndItSaysSo() {
    Simulated store = new Simulated(25, 0.25);
    BatchController controller = controller(10, 10);
    for (int batch = 0; batch < 12; batch++) {
      step(controller, store, NOBODY);
    }
    // As many as cost as much as the lock: fewer would not make holds much shorter.
    assertThat(controller.rows()).isBetween(80, 120);
    assertThat(controller.pace(0).reason()).isEqualTo(BatchPace.Reason.BOUND_TOO_LOW);
  }

  @Test
  void whereTenRowsAreTooManyForTheBoundThereAreTenAndItSaysSo() {
    Simulated store = new Simulated(0.1, 3);
    BatchController controller = controller(10, 10);
    for (int batch = 0; batch < 7; batch++) {
      step(controller, store, NOBODY);
    }
    assertThat(controller.rows()).isEqualTo(10);
    assertThat(controller.pace(0).reason()).isEqualTo(BatchPace.Reason.BOUND_TOO_LOW);
  }

  /**
   * A machine with other things to do holds the lock for many times as long now and then, and an
   * upgrade takes few acquisitions all the same.
   */
  @ParameterizedTest
  @CsvSource({
    // Fixed, per row, bound; noise, share and length of stalls; others writing, waiting, to be
    // fitted between.
    "25, 0.25, 100, 0.1, 0, 0, true, false, false",
    "25, 0.25, 100, 1, 0.2, 800, true, false, false",
    "200, 2, 100, 1, 0.2, 800, true, false, false",
    "200, 2, 100, 0.5, 0.3, 3000, false, false, false",
    "25, 0.25, 10, 0.3, 0.1, 300, true, false, false",
    "175, 0.25, 100, 0.1, 0, 0, true, false, false",
    "0.3, 0.07, 50, 0.1, 0, 0, true, false, true",
    "0.3, 0.07, 50, 1, 0.2, 400, true, false, true",
    "0.3, 0.07, 50, 0.3, 0.1, 100, true, true, true",
    "150, 0.07, 50, 0.3, 0.1, 300, true, true, true",
    "0.1, 5, 10, 0.3, 0.1, 300, true, true, true",
    "0.3, 0.07, 1, 0.5, 0.1, 100, false, false, true"
  })
  void everyTenReadyRowsTakeAtMostOneAcquisition(
      double fixed,
      double perRow,
      int bound,
      double sigma,
      double stallShare,
      double stallMillis,
      boolean writing,
      boolean waiting,
      boolean fitting) {
    Simulated store = new Simulated(fixed, perRow);
    store.sigma = sigma;
    store.stallShare = stallShare;
    store.stallMillis = stallMillis;
    for (int run = 0; run < 20; run++) {
      BatchController controller = fitting ? fitting(bound) : controller(bound, 10);
      OtherWriters others = new OtherWriters(writing, waiting);
      int holds = 0;
      for (int ready = 300; ready > 0; holds++) {
        controller.seen(others);
        assertThat(controller.rows()).as("%s", controller.pace(0)).isGreaterThanOrEqualTo(10);
        ready -= controller.rows();
        step(controller, store, others);
      }
      assertThat(holds).isLessThanOrEqualTo(30);
    }
  }

  @Test
  void aBusyMachineMakesNoManySmallHoldsOfAFewLargeOnes() {
    Simulated store = new Simulated(150, 1);
    store.sigma = 0.7;
    store.stallShare = 0.1;
    store.stallMillis = 1_000;
    int holds = 0;
    for (int run = 0; run < 20; run++) {
      BatchController controller = controller(100, 10);
      for (int ready = 300; ready > 0; holds++) {
        ready -= controller.rows();
        step(controller, store, new OtherWriters(true, false));
      }
    }
    assertThat(holds / 20).isLessThan(15);
  }

  @ParameterizedTest
  @CsvSource({"60, 0.3", "40, 0.3", "90, 0.5", "130, 0.5"})
  void aStoreWhoseLockIsMostOfAHoldIsFoundOutByItsSecondBatch(double fixed, double perRow) {
    Simulated store = new Simulated(fixed, perRow);
    BatchController controller = controller(100, 10);
    int holds = 0;
    for (int ready = 300; ready > 0; holds++) {
      ready -= controller.rows();
      step(controller, store, NOBODY);
    }
    assertThat(holds).isLessThan(10);
  }
}
