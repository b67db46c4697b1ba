package dev.memoryconsole.upgrade.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.store.OtherWriters;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OthersRhythmTest {
  private static final long HOLD = 30;

  private final OthersRhythm rhythm = new OthersRhythm();
  private long millis = 1_000_000;

  private static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Somebody else comes after a gap and holds the lock for a while. */
  private void othersHoldAfter(long gap) {
    millis += gap;
    rhythm.othersTook();
    rhythm.othersHeld(nanos(millis), nanos(millis + HOLD));
    millis += HOLD;
  }

  private void weHold(long held) {
    rhythm.weHeld(nanos(millis), nanos(millis + held));
    millis += held;
  }

  private boolean isGoodAfter(long elapsed) {
    return rhythm.pauseNanos(nanos(millis + elapsed)) == 0;
  }

  private void writesEvery(long gap, int times) {
    for (int i = 0; i < times; i++) {
      othersHoldAfter(gap + i % 5);
    }
  }

  @Test
  void whileNobodyElseIsSeenAnyMomentIsGood() {
    assertThat(isGoodAfter(0)).isTrue();
    othersHoldAfter(0);
    assertThat(isGoodAfter(TimeUnit.MINUTES.toMillis(2))).isTrue();
  }

  @Test
  void whileAnotherHoldsTheLockIsNotTheMoment() {
    rhythm.othersHeld(nanos(millis), nanos(millis + 1));
    rhythm.othersTook();
    assertThat(isGoodAfter(1)).isFalse();
    rhythm.othersDidNot();
    assertThat(isGoodAfter(1)).isTrue();
  }

  @Test
  void besideARegularWriterTheMomentIsBehindItsHoldAndNotBeforeItsNext() {
    writesEvery(500, 20);
    assertThat(isGoodAfter(1)).isTrue();
    assertThat(isGoodAfter(200)).isTrue();
    assertThat(isGoodAfter(460)).isFalse();
    assertThat(isGoodAfter(498)).isFalse();
    // It is late; then it has gone.
    assertThat(isGoodAfter(520)).isFalse();
    assertThat(isGoodAfter(1_200)).isTrue();
  }

  @Test
  void behindAWriteOfABurstTheMomentIsWhenTheBurstIsOver() {
    for (int burst = 0; burst < 10; burst++) {
      for (int write = 0; write < 4; write++) {
        othersHoldAfter(3);
      }
      othersHoldAfter(8_000 + 100 * burst);
    }
    assertThat(isGoodAfter(0)).isFalse();
    assertThat(isGoodAfter(20)).isTrue();
  }

  @Test
  void whereAnyMomentIsAsGoodNothingIsWaitedFor() {
    // As unforgetful as chance is: of what is left, the same share ends in any span.
    for (int i = 1; i <= 64; i++) {
      othersHoldAfter(Math.round(-300 * Math.log((i * 37 % 64 + 0.5) / 64)));
    }
    assertThat(isGoodAfter(0)).isTrue();
    assertThat(isGoodAfter(100)).isTrue();
  }

  @Test
  void whoMayHaveMetUsIsAwaitedWhenItLooksAgain() {
    writesEvery(5_000, 6);
    weHold(HOLD);
    assertThat(isGoodAfter(500)).isTrue();
    assertThat(isGoodAfter(940)).isFalse();
    assertThat(isGoodAfter(1_010)).isFalse();
    assertThat(isGoodAfter(1_100)).isTrue();
    assertThat(isGoodAfter(2_990)).isFalse();
  }

  @Test
  void aSecondLookOfWhoMetUsIsNotTakenForItsRhythm() {
    for (int i = 0; i < 12; i++) {
      othersHoldAfter(300);
      millis += 290;
      weHold(HOLD);
      // It came in the middle of that, and again a second later.
      othersHoldAfter(1_000 - HOLD / 2);
    }
    millis += 9_000;
    writesEvery(300, 1);
    assertThat(isGoodAfter(270)).isFalse();
  }

  private double restSeconds(long hold, boolean active) {
    return rhythm.restNanos(nanos(hold), new OtherWriters(active, false)) / 1e9;
  }

  @Test
  void besideWhoComesTooOftenToBeAvoidedOneOfAHundredOfItsWritesIsMet() {
    writesEvery(30, 64);
    weHold(90);
    assertThat(isGoodAfter(1)).isTrue();
    // It writes every 60 ms and some, 30 of which it holds the lock itself.
    assertThat(restSeconds(90, true)).isBetween(5.5, 6.2);
  }

  @Test
  void besideWhoIsEasilyAvoidedTheLockIsHeldFivePercentOfTheTime() {
    writesEvery(2_000, 64);
    weHold(100);
    assertThat(restSeconds(100, true)).isBetween(1.9, 4.0);
    assertThat(restSeconds(300, true)).isEqualTo(5.7);
  }

  @Test
  void aloneTheLockIsHeldHalfOfTheTimeAndNobodyStopsARun() {
    assertThat(restSeconds(30, false)).isEqualTo(0.03);
    assertThat(restSeconds(30, true)).isEqualTo(0.57);
    assertThat(restSeconds(30_000, true)).isEqualTo(7);
  }
}
