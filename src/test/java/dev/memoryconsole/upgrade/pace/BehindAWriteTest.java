package dev.memoryconsole.upgrade.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** A run that always has a batch ready, and somebody else who writes; time is simulated. */
class BehindAWriteTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long HOLD = MILLI;
  private static final long FIRST_SECONDS = 5;
  private static final long SECONDS = 65;

  private long writes;
  private long met;
  private long holds;

  /** Counts from the sixth second to the end of the minute after it. */
  private void simulate(LongUnaryOperator gapAfter) {
    long now = 1;
    BehindAWrite pacing = new BehindAWrite(now);
    boolean written = false;
    long lookedAt = now;
    long next = gapAfter.applyAsLong(now);
    long from = FIRST_SECONDS * SECOND;
    while (now < SECONDS * SECOND) {
      while (next <= now) {
        written = true;
        writes += next > from ? 1 : 0;
        next += gapAfter.applyAsLong(next);
      }
      if (written) {
        pacing.othersHeld(lookedAt, now);
        written = false;
      }
      lookedAt = now;
      long pause = pacing.pauseNanos(now);
      if (pause > 0) {
        now += pause;
        continue;
      }
      long end = now + HOLD;
      if (next < end) {
        // It waits for us, and goes on from there.
        met += now > from ? 1 : 0;
        next = end;
      }
      holds += now > from ? 1 : 0;
      now = end;
      pacing.weHeld(now - HOLD, now);
      // What a run does between two batches.
      now += MILLI / 2;
    }
  }

  @Test
  void nobodyElseWritesAndNothingIsWaitedFor() {
    simulate(now -> 2 * SECONDS * SECOND);
    assertThat(holds).isEqualTo((SECONDS - FIRST_SECONDS) * SECOND / (HOLD + MILLI / 2));
  }

  @Test
  void whoWritesAtIntervalsIsHardlyEverMetAndTheRunIsQuick() {
    Random jitter = new Random(3);
    simulate(now -> 5 * MILLI + jitter.nextLong(MILLI / 5));
    assertThat(met).isLessThan(writes / 200);
    assertThat(holds).isGreaterThan((SECONDS - FIRST_SECONDS) * 8);
  }

  @Test
  void whoWritesAtRandomIsRarelyMetAndTheRunGoesOn() {
    Random random = new Random(4);
    simulate(now -> (long) (-Math.log(1 - random.nextDouble()) * 5 * MILLI));
    assertThat(met).isLessThan(writes / 100);
    assertThat(holds).isGreaterThan((SECONDS - FIRST_SECONDS) * 2);
  }

  @Test
  void whoWritesInBurstsIsRarelyMetAndTheRunGoesOn() {
    int[] inBurst = new int[1];
    simulate(now -> ++inBurst[0] % 5 == 0 ? 100 * MILLI : MILLI);
    assertThat(met).isLessThan(writes / 100);
    assertThat(holds).isGreaterThan((SECONDS - FIRST_SECONDS) * 2);
  }

  @Test
  void whoStoppedWritingIsForgotten() {
    simulate(now -> now < SECOND ? 5 * MILLI : 2 * SECONDS * SECOND);
    assertThat(holds).isEqualTo((SECONDS - FIRST_SECONDS) * SECOND / (HOLD + MILLI / 2));
  }
}
