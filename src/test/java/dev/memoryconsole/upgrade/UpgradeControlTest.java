package dev.memoryconsole.upgrade;

import static dev.memoryconsole.upgrade.UpgradeFixture.good;
import static dev.memoryconsole.upgrade.UpgradeFixture.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.settings.FailurePolicy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pausing and cancelling a run, and what ends it early. */
class UpgradeControlTest {
  @TempDir private Path folder;

  @Test
  void pauseHoldsEverythingAndCancelLeavesTheRestUntouched() throws Exception {
    CountDownLatch four = new CountDownLatch(4);
    Enricher counting =
        model(
            entry -> {
              four.countDown();
              if (four.getCount() == 0) {
                new CountDownLatch(1).await();
              }
              return good(entry);
            });
    try (UpgradeFixture fixture = new UpgradeFixture(folder, counting)) {
      List<String> ids = fixture.addLegacy(50);
      UpgradeOptions oneByOne = new UpgradeOptions(1, 1, FailurePolicy.FALLBACK, Set.of());
      RunHandle run = fixture.upgrades.upgrade(ids, oneByOne);
      four.await();
      await().until(() -> run.progress().done() == 3);
      run.pause();
      assertThat(run.progress().state()).isEqualTo(RunState.PAUSED);
      assertThatThrownBy(() -> fixture.upgrades.upgrade(ids, oneByOne))
          .isInstanceOf(UpgradeException.class)
          .hasMessageContaining("still at work");
      run.cancel();
      RunProgress end = run.await();
      assertThat(end.state()).isEqualTo(RunState.CANCELLED);
      assertThat(end.count(EntryState.UPGRADED)).isEqualTo(3);
      assertThat(end.count(EntryState.CANCELLED)).isEqualTo(47);
      assertThat(fixture.store.stats().legacy()).isEqualTo(47);
      assertThat(fixture.upgrades.run(run.id()).orElseThrow().count(EntryState.CANCELLED))
          .isEqualTo(47);
    }
  }

  @Test
  void aCancelDuringABatchWithAStaleRowKeepsEveryWrittenOutcome() throws Exception {
    UpgradeFixture[] own = new UpgradeFixture[1];
    RunHandle[] handle = new RunHandle[1];
    CountDownLatch started = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    Enricher racing =
        model(
            entry -> {
              started.await();
              if (entry.id().equals("m0")) {
                own[0].rewrite("m0", "A new text.");
              }
              if (calls.incrementAndGet() == 10) {
                // The batch is full with this one: the cancel meets its commit or comes before it.
                Thread.startVirtualThread(() -> handle[0].cancel());
              }
              return good(entry);
            });
    try (UpgradeFixture fixture = new UpgradeFixture(folder, racing)) {
      own[0] = fixture;
      List<String> ids = fixture.addLegacy(10);
      handle[0] = fixture.upgrades.upgrade(ids, UpgradeOptions.DEFAULT);
      started.countDown();
      RunProgress end = handle[0].await();
      assertThat(end.state()).isIn(RunState.CANCELLED, RunState.COMPLETED);
      assertThat(end.done()).isEqualTo(10);
      assertThat(end.count(EntryState.UPGRADED)).isEqualTo((int) fixture.store.stats().upgraded());
      assertThat(fixture.upgrades.run(end.run()).orElseThrow().state()).isEqualTo(end.state());
    }
  }

  @Test
  void aCancelDoesNotWaitForALockThatSomebodyElseHolds() throws Exception {
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      List<String> ids = fixture.addLegacy(1);
      try (Connection agent =
              DriverManager.getConnection("jdbc:sqlite:" + fixture.store.location());
          PreparedStatement begin = agent.prepareStatement("BEGIN IMMEDIATE");
          PreparedStatement rollback = agent.prepareStatement("ROLLBACK")) {
        begin.execute();
        RunHandle run = fixture.upgrades.upgrade(ids, UpgradeOptions.DEFAULT);
        await()
            .until(
                () ->
                    fixture.upgrades.history("m0").stream()
                        .anyMatch(entry -> entry.attempt() == 1));
        run.cancel();
        // The other program lets go only after the run has ended.
        assertThat(run.await().count(EntryState.CANCELLED)).isEqualTo(1);
        rollback.execute();
      }
      assertThat(fixture.row("m0").metadata()).isEqualTo("{}");
    }
  }

  @Test
  void anErrorInAWorkerInterruptsTheRunInsteadOfHangingIt() throws Exception {
    Enricher overflowing =
        model(
            entry -> {
              throw new StackOverflowError("deep");
            });
    try (UpgradeFixture fixture = new UpgradeFixture(folder, overflowing)) {
      RunHandle run = fixture.upgrades.upgrade(fixture.addLegacy(3), UpgradeOptions.DEFAULT);
      assertThat(run.await().state()).isEqualTo(RunState.INTERRUPTED);
      assertThat(run.problem()).isNotEmpty();
    }
  }

  @Test
  void aPausedRunIsPausedInTheJournalToo() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Enricher waiting =
        model(
            entry -> {
              go.await();
              return good(entry);
            });
    try (UpgradeFixture fixture = new UpgradeFixture(folder, waiting)) {
      RunHandle run = fixture.upgrades.upgrade(fixture.addLegacy(2), UpgradeOptions.DEFAULT);
      run.pause();
      await().until(() -> fixture.upgrades.run(run.id()).orElseThrow().state() == RunState.PAUSED);
      run.resume();
      go.countDown();
      run.await();
      assertThat(fixture.upgrades.run(run.id()).orElseThrow().state())
          .isEqualTo(RunState.COMPLETED);
    }
  }
}
