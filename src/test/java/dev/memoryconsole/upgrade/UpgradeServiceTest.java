package dev.memoryconsole.upgrade;

import static dev.memoryconsole.upgrade.UpgradeFixture.good;
import static dev.memoryconsole.upgrade.UpgradeFixture.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.settings.CommitMode;
import dev.memoryconsole.settings.FailurePolicy;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.upgrade.pace.BatchPace;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
}
