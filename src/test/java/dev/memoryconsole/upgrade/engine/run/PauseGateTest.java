package dev.memoryconsole.upgrade.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class PauseGateTest {
  private final AtomicLong millis = new AtomicLong(1_000);
  private final PauseGate gate = new PauseGate(() -> millis.get() * 1_000_000, 50);

  @Test
  void timeAtWorkLeavesPausesOutAndKeepsWhatWasBefore() {
    millis.addAndGet(10);
    assertThat(gate.activeMillis()).isEqualTo(60);
    assertThat(gate.close()).isTrue();
    millis.addAndGet(100);
    assertThat(gate.activeMillis()).isEqualTo(60);
    assertThat(gate.open()).isTrue();
    millis.addAndGet(5);
    assertThat(gate.activeMillis()).isEqualTo(65);
    gate.close();
    millis.addAndGet(1_000);
    gate.open();
    assertThat(gate.activeMillis()).isEqualTo(65);
    gate.stop();
    millis.addAndGet(1_000);
    assertThat(gate.activeMillis()).isEqualTo(65);
    gate.stop();
    assertThat(gate.activeMillis()).isEqualTo(65);
  }

  @Test
  void onlyTheCallThatChangesSomethingSaysSo() {
    assertThat(gate.open()).isFalse();
    assertThat(gate.isClosed()).isFalse();
    assertThat(gate.close()).isTrue();
    assertThat(gate.close()).isFalse();
    assertThat(gate.isClosed()).isTrue();
    assertThat(gate.open()).isTrue();
    assertThat(gate.open()).isFalse();
  }

  @Test
  void nobodyClosesItAfterItsRelease() {
    gate.close();
    gate.release();
    assertThat(gate.isClosed()).isFalse();
    assertThat(gate.close()).isFalse();
    millis.addAndGet(7);
    assertThat(gate.activeMillis()).isEqualTo(57);
  }

  @Test
  void stoppingOpensItForGood() {
    gate.close();
    gate.stop();
    assertThat(gate.isClosed()).isFalse();
    assertThat(gate.close()).isFalse();
  }

  @Test
  void workersWaitWhileItIsClosedAndOneOpeningLetsAllThrough() throws Exception {
    gate.await();
    gate.close();
    CountDownLatch through = new CountDownLatch(2);
    Thread first = worker(through);
    Thread second = worker(through);
    await().until(() -> isWaiting(first) && isWaiting(second));
    assertThat(through.getCount()).isEqualTo(2);
    gate.open();
    through.await();
  }

  @Test
  void aWorkerThatWaitsCanBeInterrupted() throws Exception {
    gate.close();
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread worker =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    gate.await();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                  }
                });
    await().until(() -> isWaiting(worker));
    worker.interrupt();
    interrupted.await();
    Thread.currentThread().interrupt();
    assertThatThrownBy(gate::await).isInstanceOf(InterruptedException.class);
    // And nobody was left holding it.
    assertThat(gate.open()).isTrue();
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.WAITING;
  }

  private Thread worker(CountDownLatch through) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                gate.await();
                through.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }
}
