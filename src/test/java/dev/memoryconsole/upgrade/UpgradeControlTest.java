package dev.memoryconsole.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.settings.FailurePolicy;
import dev.memoryconsole.testing.Sql;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Pausing and cancelling a run, and what ends it early. */
class UpgradeControlTest extends UpgradeTestBase {

  @Test
  void pauseHoldsEverythingAndCancelLeavesTheRestUntouched() throws Exception {
    CountDownLatch four = new CountDownLatch(4);

    open(
        entry -> {
          four.countDown();
          if (four.getCount() == 0) {
            new CountDownLatch(1).await();
          }
          return good(entry);
        });
    List<String> ids = addLegacy(50);
    UpgradeOptions oneByOne = new UpgradeOptions(1, 1, FailurePolicy.FALLBACK, Set.of());
    RunHandle run = upgrades.upgrade(ids, oneByOne);
    four.await();
    await().until(() -> run.progress().done() == 3);
    run.pause();
    assertThat(run.progress().state()).isEqualTo(RunState.PAUSED);
    assertThatThrownBy(() -> upgrades.upgrade(ids, oneByOne))
        .isInstanceOf(UpgradeException.class)
        .hasMessageContaining("still at work");
    run.cancel();
    RunProgress end = run.await();
    assertThat(end.state()).isEqualTo(RunState.CANCELLED);
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(3);
    assertThat(end.count(EntryState.CANCELLED)).isEqualTo(47);
    assertThat(store.stats().legacy()).isEqualTo(47);
    assertThat(upgrades.run(run.id()).orElseThrow().count(EntryState.CANCELLED)).isEqualTo(47);
  }

  @Test
  void aCancelDuringABatchWithAStaleRowKeepsEveryWrittenOutcome() throws Exception {
    RunHandle[] handle = new RunHandle[1];
    CountDownLatch started = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();

    open(
        entry -> {
          started.await();
          if (entry.id().equals("m0")) {
            rewrite("m0", "A new text.");
          }
          if (calls.incrementAndGet() == 10) {
            // The batch is full with this one: the cancel meets its commit or comes before it.
            Thread.startVirtualThread(() -> handle[0].cancel());
          }
          return good(entry);
        });
    List<String> ids = addLegacy(10);
    handle[0] = upgrades.upgrade(ids, PLAIN);
    started.countDown();
    RunProgress end = handle[0].await();
    assertThat(end.state()).isIn(RunState.CANCELLED, RunState.COMPLETED);
    assertThat(end.done()).isEqualTo(10);
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo((int) store.stats().upgraded());
    assertThat(upgrades.run(end.run()).orElseThrow().state()).isEqualTo(end.state());
  }

  @Test
  void aCancelDoesNotWaitForALockThatSomebodyElseHolds() throws Exception {
    open();
    List<String> ids = addLegacy(1);
    try (Connection _ = Sql.hold(file())) {
      RunHandle run = upgrades.upgrade(ids, PLAIN);
      await().until(() -> isBegun("m0"));
      run.cancel();
      // The other program lets go only after the run has ended.
      assertThat(run.await().count(EntryState.CANCELLED)).isEqualTo(1);
    }
    assertThat(row("m0").metadata()).isEqualTo("{}");
  }

  @Test
  void anErrorInAWorkerInterruptsTheRunInsteadOfHangingIt() throws Exception {

    open(
        entry -> {
          throw new StackOverflowError("deep");
        });
    RunHandle run = upgrades.upgrade(addLegacy(3), PLAIN);
    assertThat(run.await().state()).isEqualTo(RunState.INTERRUPTED);
    assertThat(run.problem()).isNotEmpty();
  }

  @Test
  void aPausedRunIsPausedInTheJournalToo() throws Exception {
    CountDownLatch go = new CountDownLatch(1);

    open(
        entry -> {
          go.await();
          return good(entry);
        });
    RunHandle run = upgrades.upgrade(addLegacy(2), PLAIN);
    run.pause();
    await().until(() -> upgrades.run(run.id()).orElseThrow().state() == RunState.PAUSED);
    run.resume();
    go.countDown();
    run.await();
    assertThat(upgrades.run(run.id()).orElseThrow().state()).isEqualTo(RunState.COMPLETED);
  }
}
