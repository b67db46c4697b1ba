package dev.memoryconsole.lock.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.figures.LockDistribution;
import dev.memoryconsole.lock.figures.LockFigures;
import dev.memoryconsole.lock.figures.LockReading;
import dev.memoryconsole.lock.figures.LockSummary;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockMetricsTest {
  private static final LockPurpose UPGRADE = new LockPurpose(LockPurpose.Kind.UPGRADE, 7, 3);
  private static final LockPurpose IMPORT = LockPurpose.of(LockPurpose.Kind.IMPORT);
  private static final double ONE_PERCENT = 0.01;

  private final AtomicLong nanos = new AtomicLong();
  private final LockMetrics metrics =
      new LockMetrics(
          "store",
          () -> Instant.ofEpochSecond(1_000, nanos.get()),
          nanos::get,
          LockMetrics.EVENTS_KEPT);

  @Test
  void nothingIsLostUnderSixteenThreadsWhileAReaderKeepsUp() throws InterruptedException {
    int threads = 16;
    int each = 20_000;
    LockMetrics shared = new LockMetrics();
    AtomicBoolean writing = new AtomicBoolean(true);
    AtomicLong readTo = new AtomicLong();
    Map<Integer, List<Integer>> seen = new HashMap<>();
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (writing.get() || readTo.get() < shared.end()) {
                    readTo.set(
                        shared.read(
                            readTo.get(),
                            event ->
                                seen.computeIfAbsent(
                                        event.purpose().batch(), thread -> new ArrayList<>())
                                    .add(event.rows())));
                  }
                });
    List<Thread> writers = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    for (int thread = 1; thread <= threads; thread++) {
      LockPurpose purpose = new LockPurpose(LockPurpose.Kind.UPGRADE, 1, thread);
      writers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    await(start);
                    for (int i = 0; i < each; i++) {
                      shared.record(
                          new LockAcquisition(
                              purpose, 1, i, i, i, LockAcquisition.Outcome.RELEASED));
                      while (shared.end() - readTo.get() > LockMetrics.EVENTS_KEPT / 2) {
                        Thread.onSpinWait();
                      }
                    }
                  }));
    }
    start.countDown();
    for (Thread writer : writers) {
      writer.join();
    }
    writing.set(false);
    reader.join();

    assertThat(seen).hasSize(threads);
    // In the order each thread recorded them, none missing, none twice.
    seen.values()
        .forEach(
            rows -> {
              assertThat(rows).hasSize(each).isSorted();
              assertThat(rows).doesNotHaveDuplicates();
            });
    assertThat(shared.summary().acquisitions()).isEqualTo((long) threads * each);
    assertThat(shared.summaryOf(1).acquisitions()).isEqualTo((long) threads * each);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void percentilesAreWithinOnePercentOfTheExactOnes(long seed) {
    Random random = new Random(seed);
    int count = 1 + random.nextInt(20_000);
    long[] waits = new long[count];
    long[] holds = new long[count];
    for (int i = 0; i < count; i++) {
      // From some hundred nanoseconds to some minutes, with a long tail.
      waits[i] = (long) Math.exp(5 + 20 * Math.pow(random.nextDouble(), 1 + (double) (seed % 4)));
      holds[i] = (long) Math.exp(13 + 2 * random.nextGaussian());
      metrics.record(
          new LockAcquisition(UPGRADE, 5, waits[i], holds[i], 1, LockAcquisition.Outcome.RELEASED));
    }
    Arrays.sort(waits);
    Arrays.sort(holds);

    LockSummary summary = metrics.summaryOf(7);
    assertQuantiles(summary.waits(), waits);
    assertQuantiles(summary.holds(), holds);
    LockFigures figures = metrics.reading(0, 1_000_000).all();
    assertQuantiles(figures.waits().quantiles(), waits);
    assertQuantiles(figures.holds().quantiles(), holds);
    LockDistribution again = LockDistribution.decoded(figures.holds().encoded());
    assertQuantiles(again.quantiles(), holds);
    for (double percentile : new double[] {1, 10, 25, 75, 90, 99.9}) {
      assertThat(again.millisAt(percentile))
          .isCloseTo(exact(holds, percentile), within(exact(holds, percentile) * ONE_PERCENT));
    }
  }

  private static void assertQuantiles(LockSummary.Quantiles quantiles, long[] sorted) {
    assertThat(quantiles.p50())
        .isCloseTo(exact(sorted, 50), within(exact(sorted, 50) * ONE_PERCENT));
    assertThat(quantiles.p99())
        .isCloseTo(exact(sorted, 99), within(exact(sorted, 99) * ONE_PERCENT));
    assertThat(quantiles.max())
        .isCloseTo(exact(sorted, 100), within(exact(sorted, 100) * ONE_PERCENT));
  }

  /** The smallest value that at least this part of all values does not exceed, in milliseconds. */
  private static double exact(long[] sorted, double percentile) {
    int rank = Math.max(1, (int) Math.ceil(percentile / 100 * sorted.length));
    return sorted[rank - 1] / 1_000_000.0;
  }

  @Test
  void whoeverAsksIsSeenWaitingThenHoldingThenGone() {
    LiveAcquisition first = metrics.asking(UPGRADE);
    nanos.addAndGet(2_000_000);
    LiveAcquisition second = metrics.asking(IMPORT);
    nanos.addAndGet(1_000_000);

    assertThat(metrics.live().holder()).isEmpty();
    assertThat(metrics.live().waiting())
        .extracting(LockLive.Present::who, LockLive.Present::forNanos)
        .containsExactly(
            tuple(new LockHolder.OurRun(7, 3), 3_000_000L),
            tuple(new LockHolder.OurOperation(LockPurpose.Kind.IMPORT), 1_000_000L));

    first.acquired();
    nanos.addAndGet(5_000_000);
    assertThat(metrics.live().waiting()).hasSize(1);
    assertThat(metrics.live().holder())
        .contains(
            new LockLive.Present(new LockHolder.OurRun(7, 3), UPGRADE, 1_000_003_000L, 5_000_000));

    assertThat(first.ended(LockAcquisition.Outcome.RELEASED, 10))
        .isEqualTo(
            new LockAcquisition(
                UPGRADE, 1_000_003, 3_000_000, 5_000_000, 10, LockAcquisition.Outcome.RELEASED));
    second.close();
    assertThat(metrics.live()).isEqualTo(LockLive.IDLE);
    assertThat(metrics.events(0, 2_000_000)).hasSize(1);
  }

  @Test
  void anAttemptThatFailedGivesTheFoundHolderBack() {
    LiveAcquisition foreign = metrics.found(LockHolder.Foreign.UNKNOWN);
    LiveAcquisition ours = metrics.asking(IMPORT);
    ours.acquired();
    ours.missed();
    assertThat(metrics.live().holder().map(LockLive.Present::who))
        .contains(LockHolder.Foreign.UNKNOWN);
    assertThat(metrics.live().waiting()).hasSize(1);

    foreign.goneBy(LockHolder.Foreign.UNKNOWN);
    assertThat(metrics.live().holder()).isEmpty();
  }

  @Test
  void figuresTellContentionTimeoutsAndWhatWasSeenOfOthersApart() {
    record(0.2, 1, 10, LockAcquisition.Outcome.RELEASED);
    record(5, 2, 10, LockAcquisition.Outcome.TAKEN_OVER);
    record(30_000, 0, 0, LockAcquisition.Outcome.TIMED_OUT);
    record(0, 3, 0, LockAcquisition.Outcome.ROLLED_BACK);
    metrics.record(LockAcquisition.seen(LockHolder.Foreign.UNKNOWN, 500_000, 40_000_000));
    metrics.record(LockAcquisition.commitSeen(LockHolder.Foreign.UNKNOWN, 600_000));

    LockReading reading = metrics.reading(0, 1_000);
    LockFigures ours = reading.consoles();
    assertThat(ours.acquisitions()).isEqualTo(3);
    assertThat(ours.contended()).isEqualTo(2);
    assertThat(ours.contendedShare()).isEqualTo(0.5);
    assertThat(ours.timedOut()).isEqualTo(1);
    assertThat(ours.rows()).isEqualTo(20);
    assertThat(reading.heldShare(ours)).isCloseTo(0.006, within(1e-9));
    assertThat(reading.perSecond(ours)).isEqualTo(3);
    LockFigures foreign = reading.foreign();
    assertThat(foreign.seen()).isEqualTo(1);
    assertThat(foreign.commitsSeen()).isEqualTo(1);
    assertThat(foreign.acquisitions()).isZero();
    assertThat(reading.heldShare(foreign)).isCloseTo(0.04, within(1e-9));
    assertThat(reading.lanes().keySet())
        .containsExactlyInAnyOrder(new LockHolder.OurRun(7, 0), LockHolder.Foreign.UNKNOWN);
  }

  private void record(
      double waitMillis, double holdMillis, int rows, LockAcquisition.Outcome outcome) {
    metrics.record(
        new LockAcquisition(
            UPGRADE, 500, (long) (waitMillis * 1e6), (long) (holdMillis * 1e6), rows, outcome));
  }

  @Test
  void eventsOfARangeAreThoseThatWereGoingOnInIt() {
    for (int second = 0; second < 100; second++) {
      metrics.record(
          new LockAcquisition(
              IMPORT, second * 1_000L, 0, 500_000_000, second, LockAcquisition.Outcome.RELEASED));
    }
    assertThat(metrics.events(10_200, 13_000))
        .extracting(LockAcquisition::rows)
        .containsExactly(10, 11, 12);
    assertThat(metrics.events(10_200, 13_000, 2))
        .extracting(LockAcquisition::rows)
        .containsExactly(11, 12);
    assertThat(metrics.reading(10_000, 20_000).all().acquisitions()).isEqualTo(10);
  }

  @Test
  void theOldestEventsMakeRoomAndThatIsKnown() {
    LockMetrics small = new LockMetrics("store", InstantSource.system(), nanos::get, 16);
    for (int i = 0; i < 40; i++) {
      small.record(new LockAcquisition(IMPORT, i, 0, 0, i, LockAcquisition.Outcome.RELEASED));
    }
    assertThat(small.events(0, 100)).extracting(LockAcquisition::rows).first().isEqualTo(24);
    assertThat(small.reaches(24)).isFalse();
    assertThat(small.reaches(25)).isTrue();
    List<Integer> rows = new ArrayList<>();
    assertThat(small.read(0, event -> rows.add(event.rows()))).isEqualTo(40);
    assertThat(rows).hasSize(16).first().isEqualTo(24);
    assertThat(small.summary().acquisitions()).isEqualTo(40);
  }

  @Test
  void switchedOffItKeepsTheSumsThatRunsReportAndNothingElse() {
    metrics.setOn(false);
    try (LiveAcquisition asking = metrics.asking(UPGRADE)) {
      asking.acquired();
      assertThat(metrics.live()).isEqualTo(LockLive.IDLE);
      asking.ended(LockAcquisition.Outcome.RELEASED, 1);
    }
    assertThat(metrics.end()).isZero();
    assertThat(metrics.summaryOf(7).acquisitions()).isEqualTo(1);
  }

  @Test
  void bucketsOfADistributionHoldEveryValueOnce() {
    Random random = new Random(3);
    for (int i = 0; i < 1_000; i++) {
      record(0, Math.exp(random.nextGaussian() * 3), 1, LockAcquisition.Outcome.RELEASED);
    }
    LockDistribution holds = metrics.reading(0, 1_000_000_000).all().holds();
    List<LockDistribution.Bucket> buckets = holds.buckets(5);
    assertThat(buckets.stream().mapToLong(LockDistribution.Bucket::count).sum()).isEqualTo(1_000);
    for (int i = 1; i < buckets.size(); i++) {
      assertThat(buckets.get(i).fromNanos()).isEqualTo(buckets.get(i - 1).toNanos());
    }
    assertThat(LockDistribution.NONE.buckets(5)).isEmpty();
  }
}
