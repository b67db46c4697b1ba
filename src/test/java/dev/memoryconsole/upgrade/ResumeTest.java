package dev.memoryconsole.upgrade;

import static dev.memoryconsole.upgrade.UpgradeFixture.good;
import static dev.memoryconsole.upgrade.UpgradeFixture.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that was stopped keeps, and how it goes on. */
class ResumeTest {
  private static final UpgradeOptions TENS = UpgradeOptions.DEFAULT;

  @TempDir private Path folder;

  @Test
  void whatWasEnrichedBeforeACancelIsNotEnrichedAgain() throws Exception {
    ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    CountDownLatch seven = new CountDownLatch(7);
    AtomicInteger calls = new AtomicInteger();
    try (UpgradeFixture fixture =
        new UpgradeFixture(
            folder,
            model(
                entry -> {
                  if (calls.incrementAndGet() > 7 && seven.getCount() >= 0 && isFirstRun(calls)) {
                    new CountDownLatch(1).await();
                  }
                  asked.add(entry.id());
                  seven.countDown();
                  return good(entry);
                }))) {
      List<String> ids = fixture.addLegacy(20);
      RunHandle run = fixture.upgrades.upgrade(ids, TENS.withConcurrency(1));
      seven.await();
      await()
          .until(
              () ->
                  fixture.upgrades.entries(run.id(), Set.of(EntryState.ENRICHED), 0, 100).size()
                      == 7);
      run.cancel();
      assertThat(run.await().state()).isEqualTo(RunState.CANCELLED);
      assertThat(fixture.store.stats().legacy()).isEqualTo(20);
      assertThat(fixture.upgrades.resumable()).hasSize(1);
      calls.set(1000);
      RunHandle resumed = fixture.upgrades.resume(run.id(), TENS);
      RunProgress end = resumed.await();
      assertThat(resumed.id()).isEqualTo(run.id());
      assertThat(end.state()).isEqualTo(RunState.COMPLETED);
      assertThat(end.count(EntryState.UPGRADED)).isEqualTo(20);
      assertThat(end.count(EntryState.CANCELLED)).isZero();
      assertThat(asked).hasSize(20).doesNotHaveDuplicates();
      assertThat(fixture.upgrades.resumable()).isEmpty();
      assertThat(fixture.upgrades.runs(10)).hasSize(1);
    }
  }

  private static boolean isFirstRun(AtomicInteger calls) {
    return calls.get() < 1000;
  }

  @Test
  void aTextThatChangedWhileTheRunWasStoppedIsEnrichedAnew() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    ConcurrentLinkedQueue<String> texts = new ConcurrentLinkedQueue<>();
    AtomicInteger calls = new AtomicInteger();
    try (UpgradeFixture fixture =
        new UpgradeFixture(
            folder,
            model(
                entry -> {
                  if (calls.incrementAndGet() == 2) {
                    blocked.countDown();
                    new CountDownLatch(1).await();
                  }
                  texts.add(entry.text());
                  return good(entry);
                }))) {
      List<String> ids = fixture.addLegacy(2);
      RunHandle run = fixture.upgrades.upgrade(ids, TENS.withConcurrency(1));
      blocked.await();
      run.cancel();
      run.await();
      fixture.executeAsAgent("UPDATE memories SET text = 'Quite another text.' WHERE id = 'm0'");
      RunProgress end = fixture.upgrades.resume(run.id(), TENS).await();
      assertThat(end.count(EntryState.UPGRADED)).isEqualTo(2);
      assertThat(texts).contains("Quite another text.");
      assertThat(fixture.row("m0").metadata()).contains("Quite another text.");
    }
  }

  @Test
  void aWriteThatTookEffectBeforeTheKillIsRecognisedByItsMarker() throws Exception {
    long run;
    String written;
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      run = fixture.upgrades.upgrade(fixture.addLegacy(3), TENS).await().run();
      written = fixture.row("m1").metadata();
      // The agent counts on before anybody looks.
      fixture.executeAsAgent(
          "UPDATE memories SET metadata = json_set(metadata, '$.access_count', 9)"
              + " WHERE id = 'm0'");
    }
    asAfterAKill(run, "COMMITTING");
    try (UpgradeFixture fixture =
        new UpgradeFixture(
            folder,
            model(
                entry -> {
                  throw new AssertionError("the model was asked again");
                }))) {
      assertThat(fixture.upgrades.resumable())
          .singleElement()
          .satisfies(record -> assertThat(record.state()).isEqualTo(RunState.INTERRUPTED));
      RunProgress end = fixture.upgrades.resume(run, TENS).await();
      assertThat(end.state()).isEqualTo(RunState.COMPLETED);
      assertThat(end.count(EntryState.UPGRADED)).isEqualTo(3);
      assertThat(fixture.row("m1").metadata()).isEqualTo(written);
      assertThat(fixture.row("m0").metadata()).contains("\"access_count\":9");
      EntryRecord record = fixture.upgrades.history("m1").getFirst();
      assertThat(record.before()).isEqualTo("{}");
      assertThat(record.written()).isEqualTo(written);
      // And its undo still knows what was there before.
      assertThat(fixture.upgrades.undo(run, List.of(), TENS).await().count(EntryState.UNDONE))
          .isEqualTo(3);
      assertThat(fixture.row("m1").metadata()).isEqualTo("{}");
    }
  }

  @Test
  void aWriteThatWasAnnouncedAndNeverTookEffectIsMadeUpFor() throws Exception {
    long run;
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      run = fixture.upgrades.upgrade(fixture.addLegacy(3), TENS).await().run();
      fixture.executeAsAgent("UPDATE memories SET metadata = '{\"note\":\"as before\"}'");
    }
    asAfterAKill(run, "COMMITTING");
    AtomicInteger calls = new AtomicInteger();
    try (UpgradeFixture fixture =
        new UpgradeFixture(
            folder,
            model(
                entry -> {
                  calls.incrementAndGet();
                  return good(entry);
                }))) {
      RunProgress end = fixture.upgrades.resume(run, TENS).await();
      assertThat(end.count(EntryState.UPGRADED)).isEqualTo(3);
      assertThat(calls).hasValue(0);
      assertThat(fixture.row("m2").metadata()).contains("\"note\":\"as before\"");
      assertThat(fixture.store.stats().upgraded()).isEqualTo(3);
    }
  }

  @Test
  void aRunThatWasKilledAfterItsLastEntryIsComplete() throws Exception {
    long run;
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      run = fixture.upgrades.upgrade(fixture.addLegacy(3), TENS).await().run();
    }
    asAfterAKill(run, "UPGRADED");
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      assertThat(fixture.upgrades.run(run).orElseThrow().state()).isEqualTo(RunState.COMPLETED);
      assertThat(fixture.upgrades.resumable()).isEmpty();
    }
  }

  @Test
  void aSecondRunOfTheStoreIsRefusedWhoeverIsAtWork() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (UpgradeFixture first =
            new UpgradeFixture(
                folder,
                model(
                    entry -> {
                      go.await();
                      return good(entry);
                    }));
        UpgradeFixture second = new UpgradeFixture(folder, new SimpleEnricher())) {
      List<String> ids = first.addLegacy(2);
      RunHandle run = first.upgrades.upgrade(ids, TENS);
      assertThatThrownBy(() -> second.upgrades.upgrade(ids, TENS))
          .hasMessageContaining("Run " + run.id())
          .hasMessageContaining("at work")
          .hasMessageContaining("nothing was started");
      assertThat(second.upgrades.runs(10)).hasSize(1);
      go.countDown();
      assertThat(run.await().count(EntryState.UPGRADED)).isEqualTo(2);
      assertThat(second.upgrades.upgrade(ids, TENS).await().count(EntryState.SKIPPED)).isEqualTo(2);
    }
  }

  @Test
  void theSnapshotComesBeforeTheFirstWriteAndARunWithoutItDoesNotBegin() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    UpgradeFixture[] own = new UpgradeFixture[1];
    SnapshotTaker taker =
        (run, progress) -> {
          progress.copied(1, 2);
          assertThat(own[0].upgrades.active().orElseThrow().progress().activity())
              .isEqualTo(new RunActivity.TakingSnapshot(0.5));
          assertThat(own[0].store.stats().legacy()).isEqualTo(3);
          if (taken.incrementAndGet() == 1) {
            throw new StoreException("The disk is full; nothing was changed.");
          }
        };
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher(), taker)) {
      own[0] = fixture;
      RunHandle run = fixture.upgrades.upgrade(fixture.addLegacy(3), TENS);
      assertThat(run.await().state()).isEqualTo(RunState.INTERRUPTED);
      assertThat(run.problem()).contains("The disk is full");
      assertThat(fixture.store.stats().legacy()).isEqualTo(3);
      assertThat(fixture.upgrades.resume(run.id(), TENS).await().count(EntryState.UPGRADED))
          .isEqualTo(3);
      assertThat(taken).hasValue(2);
      fixture.upgrades.undo(run.id(), List.of(), TENS.withSnapshot(false)).await();
      assertThat(taken).hasValue(2);
    }
  }

  @Test
  void nothingToResumeIsOneSentence() throws Exception {
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      long run = fixture.upgrades.upgrade(fixture.addLegacy(1), TENS).await().run();
      assertThatThrownBy(() -> fixture.upgrades.resume(run, TENS))
          .isInstanceOf(UpgradeException.class)
          .hasMessageContaining("Nothing is left to do in run " + run);
      assertThatThrownBy(() -> fixture.upgrades.resume(99, TENS))
          .isInstanceOf(UpgradeException.class)
          .hasMessageContaining("There is no run 99");
    }
  }

  @Test
  void aPauseEndsTheWaitingForTheLockToo() throws Exception {
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      List<String> ids = fixture.addLegacy(10);
      RunHandle run;
      try (Connection agent =
              DriverManager.getConnection("jdbc:sqlite:" + fixture.store.location());
          Statement statement = agent.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        run = fixture.upgrades.upgrade(ids, TENS);
        await()
            .until(
                () ->
                    fixture.upgrades.history("m9").stream()
                        .anyMatch(entry -> entry.attempt() == 1));
        run.pause();
        await()
            .until(() -> fixture.upgrades.run(run.id()).orElseThrow().state() == RunState.PAUSED);
        statement.execute("ROLLBACK");
      }
      assertThat(fixture.store.stats().legacy()).isEqualTo(10);
      run.resume();
      assertThat(run.await().count(EntryState.UPGRADED)).isEqualTo(10);
    }
  }

  @Test
  void concurrencyCanChangeWhileTheRunIsAtWork() throws Exception {
    AtomicInteger now = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    try (UpgradeFixture fixture =
        new UpgradeFixture(
            folder,
            model(
                entry -> {
                  now.incrementAndGet();
                  go.await();
                  return good(entry);
                }))) {
      RunHandle run = fixture.upgrades.upgrade(fixture.addLegacy(30), TENS.withConcurrency(2));
      await().until(() -> now.get() == 2);
      run.setConcurrency(9);
      await().until(() -> now.get() == 9);
      assertThat(run.progress().concurrency()).isEqualTo(9);
      go.countDown();
      assertThat(run.await().count(EntryState.UPGRADED)).isEqualTo(30);
    }
  }

  /** The journal as a process that was killed leaves it. */
  private void asAfterAKill(long run, String state) throws Exception {
    try (Connection journal =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.db"));
        Statement statement = journal.createStatement()) {
      statement.execute(
          "UPDATE runs SET state = 'RUNNING', owner_pid = 999999999, finished_at = NULL"
              + " WHERE id = "
              + run);
      statement.execute(
          "UPDATE entries SET state = '" + state + "', finished_at = NULL WHERE run = " + run);
    }
  }
}
