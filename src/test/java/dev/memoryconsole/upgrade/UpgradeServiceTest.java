package dev.memoryconsole.upgrade;

import static dev.memoryconsole.upgrade.UpgradeFixture.good;
import static dev.memoryconsole.upgrade.UpgradeFixture.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.settings.CommitMode;
import dev.memoryconsole.settings.FailurePolicy;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.upgrade.pace.BatchPace;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two phases over a real SQLite store and a real journal. */
class UpgradeServiceTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"10,10,1", "25,10,3", "100,10,10", "7,10,1", "5,1,5"})
  void aRunTakesOneLockABatch(int entries, int batchSize, int acquisitions) throws Exception {
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      List<String> ids = fixture.addLegacy(entries);
      RunProgress end =
          fixture.upgrades.upgrade(ids, UpgradeOptions.DEFAULT.withBatchSize(batchSize)).await();
      assertThat(end.state()).isEqualTo(RunState.COMPLETED);
      assertThat(end.count(EntryState.UPGRADED)).isEqualTo(entries);
      assertThat(end.lock().acquisitions()).isEqualTo(acquisitions);
      assertThat(fixture.store.stats().legacy()).isZero();
    }
  }

  @Test
  void byCompareAndSwapEachEntryIsWrittenByItself() throws Exception {
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      List<String> ids = fixture.addLegacy(25);
      RunProgress end =
          fixture.upgrades.upgrade(ids, UpgradeOptions.DEFAULT.withCommit(CommitMode.CAS)).await();
      assertThat(end.count(EntryState.UPGRADED)).isEqualTo(25);
      assertThat(end.lock().acquisitions()).isEqualTo(25);
      assertThat(end.pace().reason()).isEqualTo(BatchPace.Reason.ONE_BY_ONE);
      assertThat(fixture.store.stats().legacy()).isZero();
      RunProgress undone =
          fixture
              .upgrades
              .undo(end.run(), List.of(), UpgradeOptions.DEFAULT.withCommit(CommitMode.CAS))
              .await();
      assertThat(undone.count(EntryState.UNDONE)).isEqualTo(25);
      assertThat(fixture.store.stats().legacy()).isEqualTo(25);
    }
  }

  @Test
  void adaptiveBatchesAreFarFewerThanEntries() throws Exception {
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      List<String> ids = fixture.addLegacy(2_000);
      RunProgress end = fixture.upgrades.upgrade(ids, UpgradeOptions.DEFAULT).await();
      assertThat(end.count(EntryState.UPGRADED)).isEqualTo(2_000);
      assertThat(end.lock().acquisitions()).isLessThan(200);
      assertThat(end.pace().maxHoldMillis()).isEqualTo(50);
    }
  }

  @Test
  void whatTheAgentWritesDuringEnrichmentSurvives() throws Exception {
    CountDownLatch enriching = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    Enricher slow =
        model(
            entry -> {
              enriching.countDown();
              written.await();
              return good(entry);
            });
    try (UpgradeFixture fixture = new UpgradeFixture(folder, slow)) {
      fixture.addLegacy(1);
      RunHandle run = fixture.upgrades.upgrade(List.of("m0"), UpgradeOptions.DEFAULT);
      enriching.await();
      fixture.writeAsAgent("m0", "{\"access_count\":41,\"note\":\"kept\",\"tier\":\"core\"}");
      written.countDown();
      assertThat(run.await().count(EntryState.UPGRADED)).isEqualTo(1);
      JsonNode metadata = MetadataJson.objectOrEmpty(fixture.row("m0").metadata());
      assertThat(metadata.path("access_count").intValue()).isEqualTo(41);
      assertThat(metadata.path("note").textValue()).isEqualTo("kept");
      assertThat(metadata.path("tier").textValue()).isEqualTo("core");
      assertThat(metadata.path("upgraded_by").textValue()).isEqualTo("llm:test");
    }
  }

  @Test
  void theLockIsFreeWhileTheModelThinks() throws Exception {
    CountDownLatch enriching = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Enricher slow =
        model(
            entry -> {
              enriching.countDown();
              go.await();
              return good(entry);
            });
    try (UpgradeFixture fixture = new UpgradeFixture(folder, slow)) {
      fixture.addLegacy(1);
      RunHandle run = fixture.upgrades.upgrade(List.of("m0"), UpgradeOptions.DEFAULT);
      enriching.await();
      try (Connection agent =
              DriverManager.getConnection("jdbc:sqlite:" + fixture.store.location());
          PreparedStatement begin = agent.prepareStatement("BEGIN IMMEDIATE");
          PreparedStatement rollback = agent.prepareStatement("ROLLBACK")) {
        begin.execute();
        rollback.execute();
      }
      go.countDown();
      run.await();
    }
  }

  @Test
  void aTextThatChangesDuringEnrichmentIsEnrichedAnew() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    UpgradeFixture[] own = new UpgradeFixture[1];
    Enricher racing =
        model(
            entry -> {
              if (calls.incrementAndGet() == 1) {
                rewrite(own[0], "m0", "A new text. With more.");
              }
              return good(entry);
            });
    try (UpgradeFixture fixture = new UpgradeFixture(folder, racing)) {
      own[0] = fixture;
      fixture.addLegacy(1);
      RunHandle run = fixture.upgrades.upgrade(List.of("m0"), UpgradeOptions.DEFAULT);
      assertThat(run.await().count(EntryState.UPGRADED)).isEqualTo(1);
      assertThat(run.outcomesFrom(0).getFirst().attempt()).isEqualTo(2);
      assertThat(fixture.row("m0").metadata()).contains("A new text.").doesNotContain("number");
    }
  }

  @Test
  void aTextThatNeverRestsIsReportedAsStaleAndUntouched() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    UpgradeFixture[] own = new UpgradeFixture[1];
    Enricher racing =
        model(
            entry -> {
              rewrite(own[0], "m0", "Text " + calls.incrementAndGet());
              return good(entry);
            });
    try (UpgradeFixture fixture = new UpgradeFixture(folder, racing)) {
      own[0] = fixture;
      fixture.addLegacy(1);
      RunProgress end = fixture.upgrades.upgrade(List.of("m0"), UpgradeOptions.DEFAULT).await();
      assertThat(end.count(EntryState.STALE)).isEqualTo(1);
      assertThat(calls).hasValue(4);
      assertThat(LegacyRule.stateOf(fixture.row("m0"))).isEqualTo(MemoryState.LEGACY);
      assertThat(fixture.upgrades.failedIds()).containsExactly("m0");
    }
  }

  @Test
  void preconditionsAreCheckedOnTheRowAsReRead() throws Exception {
    CountDownLatch enriching = new CountDownLatch(3);
    CountDownLatch go = new CountDownLatch(1);
    Enricher slow =
        model(
            entry -> {
              enriching.countDown();
              go.await();
              return good(entry);
            });
    try (UpgradeFixture fixture = new UpgradeFixture(folder, slow)) {
      fixture.addLegacy(3);
      UpgradeOptions onlyGlobal =
          new UpgradeOptions(10, 8, FailurePolicy.FALLBACK, Set.of("global"));
      RunHandle run = fixture.upgrades.upgrade(List.of("m0", "m1", "m2", "gone"), onlyGlobal);
      enriching.await();
      fixture.executeAsAgent("DELETE FROM memories WHERE id = 'm0'");
      fixture.executeAsAgent("UPDATE memories SET scope = 'user:x' WHERE id = 'm1'");
      fixture.writeAsAgent("m2", "{\"memory_category\":\"events\"}");
      go.countDown();
      RunProgress end = run.await();
      assertThat(end.count(EntryState.SKIPPED)).isEqualTo(4);
      assertThat(run.outcomesFrom(0))
          .extracting(EntryOutcome::reason)
          .anySatisfy(reason -> assertThat(reason).contains("deleted"))
          .anySatisfy(reason -> assertThat(reason).contains("scopes"))
          .anySatisfy(reason -> assertThat(reason).contains("already upgraded"));
      assertThat(fixture.row("m2").metadata()).isEqualTo("{\"memory_category\":\"events\"}");
      assertThat(fixture.row("m1").metadata()).isEqualTo("{}");
    }
  }

  @Test
  void aFailureBecomesAFallbackThatIsKeptVisibleAndRetried() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Enricher flaky =
        model(
            entry -> {
              if (calls.incrementAndGet() <= 3) {
                throw new EnrichmentException(Message.verbatim("the model timed out\nafter 30 s"));
              }
              return good(entry);
            });
    try (UpgradeFixture fixture = new UpgradeFixture(folder, flaky)) {
      List<String> ids = fixture.addLegacy(3);
      RunHandle first = fixture.upgrades.upgrade(ids, UpgradeOptions.DEFAULT);
      assertThat(first.await().count(EntryState.FALLBACK)).isEqualTo(3);
      assertThat(first.outcomesFrom(0))
          .allSatisfy(
              outcome -> assertThat(outcome.reason()).contains("the model timed out after 30 s"));
      assertThat(fixture.store.stats().fallback()).isEqualTo(3);

      RunHandle retry = fixture.upgrades.retry(first.id(), UpgradeOptions.DEFAULT);
      assertThat(retry.await().count(EntryState.UPGRADED)).isEqualTo(3);
      assertThat(fixture.store.stats().fallback()).isZero();
      assertThat(fixture.row("m0").metadata())
          .doesNotContain("upgrade_error")
          .contains("\"upgraded_by\":\"llm:test\"")
          .contains("\"upgraded_from\":\"fact\"");
      assertThat(fixture.upgrades.history("m0"))
          .extracting(EntryRecord::state)
          .containsExactly(EntryState.UPGRADED, EntryState.FALLBACK);
    }
  }

  @Test
  void aRetryThatFailsAgainKeepsTheFirstResult() throws Exception {
    Enricher broken =
        model(
            entry -> {
              throw new EnrichmentException(Message.verbatim("refused key"));
            });
    try (UpgradeFixture fixture = new UpgradeFixture(folder, broken)) {
      fixture.addLegacy(1);
      RunHandle first = fixture.upgrades.upgrade(List.of("m0"), UpgradeOptions.DEFAULT);
      first.await();
      MemoryEntry before = fixture.row("m0");
      RunHandle retry = fixture.upgrades.retryAll(UpgradeOptions.DEFAULT);
      assertThat(retry.await().count(EntryState.FALLBACK)).isEqualTo(1);
      assertThat(fixture.row("m0")).isEqualTo(before);
    }
  }

  @Test
  void leaveLeavesTheRowAsItIs() throws Exception {
    Enricher broken =
        model(
            entry -> {
              throw new EnrichmentException(Message.verbatim("no JSON"));
            });
    try (UpgradeFixture fixture = new UpgradeFixture(folder, broken)) {
      fixture.addLegacy(2);
      UpgradeOptions leave = new UpgradeOptions(10, 2, FailurePolicy.LEAVE, Set.of());
      RunHandle run = fixture.upgrades.upgrade(EntryQuery.ALL, 10, leave);
      assertThat(run.await().count(EntryState.FAILED)).isEqualTo(2);
      assertThat(fixture.row("m0").metadata()).isEqualTo("{}");
      assertThat(fixture.upgrades.failedIds()).containsExactlyInAnyOrder("m0", "m1");
    }
  }

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
  void theJournalKnowsBeforeAndAfterOfEveryWrite() throws Exception {
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      fixture.store.insert(
          List.of(Entries.entry("odd", "An odd one.", "not json")), ExistingRows.SKIP);
      RunHandle run = fixture.upgrades.upgrade(List.of("odd"), UpgradeOptions.DEFAULT);
      run.await();
      EntryRecord record = fixture.upgrades.history("odd").getFirst();
      assertThat(record.before()).isEqualTo("not json");
      assertThat(record.written()).isEqualTo(fixture.row("odd").metadata());
      assertThat(record.written()).contains("\"unparsed_metadata\":\"not json\"");
    }
  }

  @Test
  void aPreviewShowsTheDiffAndWritesNothing() throws Exception {
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      fixture.addLegacy(1);
      MemoryEntry before = fixture.row("m0");
      UpgradePreview preview = fixture.upgrades.preview(before, UpgradeOptions.DEFAULT);
      assertThat(preview.outcome()).isEqualTo(EntryState.UPGRADED);
      assertThat(preview.diff())
          .filteredOn(diff -> diff.key().equals("l0_abstract"))
          .extracting(KeyDiff::kind)
          .containsExactly(KeyDiff.Kind.ADDED);
      assertThat(fixture.row("m0")).isEqualTo(before);
      assertThat(fixture.upgrades.runs(10)).isEmpty();
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
                rewrite(own[0], "m0", "A new text.");
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

  private static void rewrite(UpgradeFixture fixture, String id, String text) {
    try {
      fixture.executeAsAgent("UPDATE memories SET text = '" + text + "' WHERE id = '" + id + "'");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
