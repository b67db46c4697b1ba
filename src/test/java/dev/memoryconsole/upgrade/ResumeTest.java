package dev.memoryconsole.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Sql;
import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a run that was stopped keeps, and how it goes on. */
class ResumeTest extends UpgradeTestBase {
  @Test
  void whatWasEnrichedBeforeACancelIsNotEnrichedAgain() throws Exception {
    ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    CountDownLatch seven = new CountDownLatch(7);
    AtomicInteger calls = new AtomicInteger();
    open(
        entry -> {
          if (calls.incrementAndGet() > 7 && seven.getCount() >= 0 && isFirstRun(calls)) {
            new CountDownLatch(1).await();
          }
          asked.add(entry.id());
          seven.countDown();
          return good(entry);
        });
    List<String> ids = addLegacy(20);
    RunHandle run = upgrades.upgrade(ids, ONE_BY_ONE);
    seven.await();
    await()
        .until(() -> upgrades.entries(run.id(), Set.of(EntryState.ENRICHED), 0, 100).size() == 7);
    run.cancel();
    assertThat(run.await().state()).isEqualTo(RunState.CANCELLED);
    assertThat(store.stats().legacy()).isEqualTo(20);
    assertThat(upgrades.resumable()).hasSize(1);
    calls.set(1000);
    RunHandle resumed = upgrades.resume(run.id(), PLAIN);
    RunProgress end = resumed.await();
    assertThat(resumed.id()).isEqualTo(run.id());
    assertThat(end.state()).isEqualTo(RunState.COMPLETED);
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(20);
    assertThat(end.count(EntryState.CANCELLED)).isZero();
    assertThat(asked).hasSize(20).doesNotHaveDuplicates();
    assertThat(upgrades.resumable()).isEmpty();
    assertThat(upgrades.runs(10)).hasSize(1);
  }

  private static boolean isFirstRun(AtomicInteger calls) {
    return calls.get() < 1000;
  }

  @Test
  void aTextThatChangedWhileTheRunWasStoppedIsEnrichedAnew() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    ConcurrentLinkedQueue<String> texts = new ConcurrentLinkedQueue<>();
    AtomicInteger calls = new AtomicInteger();
    open(
        entry -> {
          if (calls.incrementAndGet() == 2) {
            blocked.countDown();
            new CountDownLatch(1).await();
          }
          texts.add(entry.text());
          return good(entry);
        });
    List<String> ids = addLegacy(2);
    RunHandle run = upgrades.upgrade(ids, ONE_BY_ONE);
    blocked.await();
    run.cancel();
    run.await();
    executeAsAgent("UPDATE memories SET text = 'Quite another text.' WHERE id = 'm0'");
    RunProgress end = upgrades.resume(run.id(), PLAIN).await();
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(2);
    assertThat(texts).contains("Quite another text.");
    assertThat(row("m0").metadata()).contains("Quite another text.");
  }

  @Test
  void aWriteThatTookEffectBeforeTheKillIsRecognisedByItsMarker() throws Exception {
    long run;
    String written;
    open();
    run = upgrades.upgrade(addLegacy(3), PLAIN).await().run();
    written = row("m1").metadata();
    // The agent counts on before anybody looks.
    executeAsAgent(
        "UPDATE memories SET metadata = json_set(metadata, '$.access_count', 9)"
            + " WHERE id = 'm0'");

    asAfterAKill(run, "COMMITTING");
    open(
        entry -> {
          throw new AssertionError("the model was asked again");
        });
    assertThat(upgrades.resumable())
        .singleElement()
        .satisfies(record -> assertThat(record.state()).isEqualTo(RunState.INTERRUPTED));
    RunProgress end = upgrades.resume(run, PLAIN).await();
    assertThat(end.state()).isEqualTo(RunState.COMPLETED);
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(3);
    assertThat(row("m1").metadata()).isEqualTo(written);
    assertThat(row("m0").metadata()).contains("\"access_count\":9");
    EntryRecord record = upgrades.history("m1").getFirst();
    assertThat(record.before()).isEqualTo("{}");
    assertThat(record.written()).isEqualTo(written);
    // And its undo still knows what was there before.
    assertThat(upgrades.undo(run, List.of(), PLAIN).await().count(EntryState.UNDONE)).isEqualTo(3);
    assertThat(row("m1").metadata()).isEqualTo("{}");
  }

  @Test
  void aWriteThatWasAnnouncedAndNeverTookEffectIsMadeUpFor() throws Exception {
    long run;
    open();
    run = upgrades.upgrade(addLegacy(3), PLAIN).await().run();
    executeAsAgent("UPDATE memories SET metadata = '{\"note\":\"as before\"}'");

    asAfterAKill(run, "COMMITTING");
    AtomicInteger calls = new AtomicInteger();
    open(
        entry -> {
          calls.incrementAndGet();
          return good(entry);
        });
    RunProgress end = upgrades.resume(run, PLAIN).await();
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(3);
    assertThat(calls).hasValue(0);
    assertThat(row("m2").metadata()).contains("\"note\":\"as before\"");
    assertThat(store.stats().upgraded()).isEqualTo(3);
  }

  @Test
  void aRunThatWasKilledAfterItsLastEntryIsComplete() throws Exception {
    long run;
    open();
    run = upgrades.upgrade(addLegacy(3), PLAIN).await().run();

    asAfterAKill(run, "UPGRADED");
    open();
    assertThat(upgrades.run(run).orElseThrow().state()).isEqualTo(RunState.COMPLETED);
    assertThat(upgrades.resumable()).isEmpty();
  }

  @Test
  void aSecondRunOfTheStoreIsRefusedWhoeverIsAtWork() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    open(
        entry -> {
          go.await();
          return good(entry);
        });
    try (Upgrades second = service(SqliteStore.open(file()), folder, Clock.systemUTC())) {
      List<String> ids = addLegacy(2);
      RunHandle run = upgrades.upgrade(ids, PLAIN);
      assertThatThrownBy(() -> second.upgrade(ids, PLAIN))
          .hasMessageContainingAll("Run " + run.id(), "at work", "nothing was started");
      assertThat(second.runs(10)).hasSize(1);
      go.countDown();
      assertThat(run.await().count(EntryState.UPGRADED)).isEqualTo(2);
      assertThat(second.upgrade(ids, PLAIN).await().count(EntryState.SKIPPED)).isEqualTo(2);
    }
  }

  @Test
  void theSnapshotComesBeforeTheFirstWriteAndARunWithoutItDoesNotBegin() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    SnapshotTaker taker =
        (run, progress) -> {
          progress.copied(1, 2);
          assertThat(upgrades.active().orElseThrow().progress().activity())
              .isEqualTo(new RunActivity.TakingSnapshot(0.5));
          assertThat(store.stats().legacy()).isEqualTo(3);
          if (taken.incrementAndGet() == 1) {
            throw new StoreException(Message.verbatim("The disk is full; nothing was changed."));
          }
        };
    open(new SimpleEnricher(), taker);
    RunHandle run = upgrades.upgrade(addLegacy(3), PLAIN);
    assertThat(run.await().state()).isEqualTo(RunState.INTERRUPTED);
    assertThat(run.problem()).contains("The disk is full");
    assertThat(store.stats().legacy()).isEqualTo(3);
    assertThat(upgrades.resume(run.id(), PLAIN).await().count(EntryState.UPGRADED)).isEqualTo(3);
    assertThat(taken).hasValue(2);
    upgrades.undo(run.id(), List.of(), PLAIN.withSnapshot(false)).await();
    assertThat(taken).hasValue(2);
  }

  @Test
  void aRunWithoutRoomForItsSnapshotIsRefusedBeforeAnythingBegins() throws Exception {
    AtomicLong free = new AtomicLong(4_999_999);
    SnapshotTaker taker =
        new SnapshotTaker() {
          @Override
          public Optional<SnapshotTaker.Room> room() {
            return Optional.of(new SnapshotTaker.Room(5_000_000, folder, free.get()));
          }

          @Override
          public void take(long run, SnapshotProgress progress) {
            assertThat(free).hasValue(5_000_000);
          }
        };
    open(new SimpleEnricher(), taker);
    List<String> ids = addLegacy(2);
    assertThatThrownBy(() -> upgrades.upgrade(ids, PLAIN))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll("about 5 MB", "only 4 MB are free", "nothing was begun");
    assertThat(upgrades.runs(9)).isEmpty();
    assertThat(upgrades.active()).isEmpty();
    assertThat(store.stats().legacy()).isEqualTo(2);
    assertThat(upgrades.snapshotRoom(PLAIN.withSnapshot(false))).isEmpty();
    RunProgress without = upgrades.upgrade(ids.subList(0, 1), PLAIN.withSnapshot(false)).await();
    assertThat(without.count(EntryState.UPGRADED)).isEqualTo(1);
    free.set(5_000_000);
    assertThat(upgrades.upgrade(ids, PLAIN).await().count(EntryState.UPGRADED)).isEqualTo(1);
  }

  @Test
  void nothingToResumeIsOneSentence() throws Exception {
    open();
    long run = upgrades.upgrade(addLegacy(1), PLAIN).await().run();
    assertThatThrownBy(() -> upgrades.resume(run, PLAIN))
        .isInstanceOf(UpgradeException.class)
        .hasMessageContaining("Nothing is left to do in run " + run);
    assertThatThrownBy(() -> upgrades.resume(99, PLAIN))
        .isInstanceOf(UpgradeException.class)
        .hasMessageContaining("There is no run 99");
  }

  @Test
  void aPauseEndsTheWaitingForTheLockToo() throws Exception {
    open();
    List<String> ids = addLegacy(10);
    RunHandle run;
    try (Connection _ = Sql.hold(file())) {
      run = upgrades.upgrade(ids, PLAIN);
      await().until(() -> isBegun("m9"));
      run.pause();
      await().until(() -> upgrades.run(run.id()).orElseThrow().state() == RunState.PAUSED);
    }
    assertThat(store.stats().legacy()).isEqualTo(10);
    run.resume();
    assertThat(run.await().count(EntryState.UPGRADED)).isEqualTo(10);
  }

  @Test
  void concurrencyCanChangeWhileTheRunIsAtWork() throws Exception {
    AtomicInteger now = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    open(
        entry -> {
          now.incrementAndGet();
          go.await();
          return good(entry);
        });
    RunHandle run = upgrades.upgrade(addLegacy(30), PLAIN.withConcurrency(2));
    await().until(() -> now.get() == 2);
    run.setConcurrency(9);
    await().until(() -> now.get() == 9);
    assertThat(run.progress().concurrency()).isEqualTo(9);
    go.countDown();
    assertThat(run.await().count(EntryState.UPGRADED)).isEqualTo(30);
  }

  /** The journal as a process that was killed leaves it. */
  private void asAfterAKill(long run, String state) throws Exception {
    upgrades.close();
    Sql.run(
        folder.resolve("journal.db"),
        "UPDATE runs SET state = 'RUNNING', owner_pid = 999999999, finished_at = NULL WHERE id = "
            + run,
        "UPDATE entries SET state = '" + state + "', finished_at = NULL WHERE run = " + run);
  }
}
