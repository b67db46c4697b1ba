package dev.memoryconsole.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OthersRhythmTest {
  private static final long HOLD = 30;

  private final AtomicLong now = new AtomicLong();
  private final OthersRhythm rhythm = new OthersRhythm(now::get);
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

  @Test
  void besideWhoComesTooOftenToBeAvoidedTheLockIsTakenSeldom() {
    writesEvery(20, 64);
    assertThat(isGoodAfter(1)).isTrue();
    weHold(HOLD);
    for (int second = 0; second < 8; second++) {
      writesEvery(20, 20);
      assertThat(isGoodAfter(1)).as("after %d s", second).isFalse();
    }
    writesEvery(20, 50);
    assertThat(isGoodAfter(1)).isTrue();
  }

  @Test
  void whoWaitsForAMomentGoesOnWhenItComesAndWhenTheLockIsClosed() throws Exception {
    rhythm.othersHeld(0, 1);
    rhythm.othersTook();
    Thread waiting = Thread.ofPlatform().start(this::awaitMoment);
    await().during(Duration.ofMillis(50)).until(waiting::isAlive);
    rhythm.othersHeld(nanos(1), nanos(2));
    waiting.join();
    rhythm.othersTook();
    Thread another = Thread.ofPlatform().start(this::awaitMoment);
    await().during(Duration.ofMillis(50)).until(another::isAlive);
    rhythm.close();
    another.join();
  }

  @Test
  void nobodyWaitsForAMomentForLongerThanAllowed() throws Exception {
    rhythm.othersHeld(0, 1);
    rhythm.othersTook();
    now.set(0);
    Thread waiting = Thread.ofPlatform().start(this::awaitMoment);
    await().during(Duration.ofMillis(50)).until(waiting::isAlive);
    now.set(nanos(10_000));
    waiting.join();
  }

  private void awaitMoment() {
    try {
      rhythm.awaitMoment(nanos(10_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
