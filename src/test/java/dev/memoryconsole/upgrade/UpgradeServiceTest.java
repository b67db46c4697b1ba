package dev.memoryconsole.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.settings.CommitMode;
import dev.memoryconsole.settings.FailurePolicy;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.upgrade.pace.BatchPace;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two phases over a real SQLite store and a real journal. */
class UpgradeServiceTest extends UpgradeTestBase {

  @ParameterizedTest
  @CsvSource({"10,10,1", "25,10,3", "100,10,10", "7,10,1", "5,1,5"})
  void aRunTakesOneLockABatch(int entries, int batchSize, int acquisitions) throws Exception {
    open();
    List<String> ids = addLegacy(entries);
    RunProgress end = upgrades.upgrade(ids, PLAIN.withBatchSize(batchSize)).await();
    assertThat(end.state()).isEqualTo(RunState.COMPLETED);
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(entries);
    assertThat(end.lock().acquisitions()).isEqualTo(acquisitions);
    assertThat(store.stats().legacy()).isZero();
  }

  @Test
  void byCompareAndSwapEachEntryIsWrittenByItself() throws Exception {
    open();
    List<String> ids = addLegacy(25);
    RunProgress end = upgrades.upgrade(ids, PLAIN.withCommit(CommitMode.CAS)).await();
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(25);
    assertThat(end.lock().acquisitions()).isEqualTo(25);
    assertThat(end.pace().reason()).isEqualTo(BatchPace.Reason.ONE_BY_ONE);
    assertThat(store.stats().legacy()).isZero();
    RunProgress undone =
        upgrades.undo(end.run(), List.of(), PLAIN.withCommit(CommitMode.CAS)).await();
    assertThat(undone.count(EntryState.UNDONE)).isEqualTo(25);
    assertThat(store.stats().legacy()).isEqualTo(25);
  }

  @Test
  void adaptiveBatchesAreFarFewerThanEntries() throws Exception {
    open();
    List<String> ids = addLegacy(2_000);
    RunProgress end = upgrades.upgrade(ids, PLAIN).await();
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(2_000);
    assertThat(end.lock().acquisitions()).isLessThan(200);
    assertThat(end.pace().maxHoldMillis()).isEqualTo(50);
  }

  @Test
  void aFailureBecomesAFallbackThatIsKeptVisibleAndRetried() throws Exception {
    AtomicInteger calls = new AtomicInteger();

    open(
        entry -> {
          if (calls.incrementAndGet() <= 3) {
            throw new EnrichmentException(Message.verbatim("the model timed out\nafter 30 s"));
          }
          return good(entry);
        });
    List<String> ids = addLegacy(3);
    RunHandle first = upgrades.upgrade(ids, PLAIN);
    assertThat(first.await().count(EntryState.FALLBACK)).isEqualTo(3);
    assertThat(first.outcomes(Set.of(), 0, 100))
        .allSatisfy(
            outcome -> assertThat(outcome.reason()).contains("the model timed out after 30 s"));
    assertThat(store.stats().fallback()).isEqualTo(3);

    RunHandle retry = upgrades.retry(first.id(), PLAIN);
    assertThat(retry.await().count(EntryState.UPGRADED)).isEqualTo(3);
    assertThat(store.stats().fallback()).isZero();
    assertThat(row("m0").metadata())
        .doesNotContain("upgrade_error")
        .contains("\"upgraded_by\":\"llm:test\"")
        .contains("\"upgraded_from\":\"fact\"");
    assertThat(upgrades.history("m0"))
        .extracting(EntryRecord::state)
        .containsExactly(EntryState.UPGRADED, EntryState.FALLBACK);
  }

  @Test
  void aRetryThatFailsAgainKeepsTheFirstResult() throws Exception {

    open(
        entry -> {
          throw new EnrichmentException(Message.verbatim("refused key"));
        });
    addLegacy(1);
    RunHandle first = upgrades.upgrade(List.of("m0"), PLAIN);
    first.await();
    MemoryEntry before = row("m0");
    RunHandle retry = upgrades.retryAll(PLAIN);
    assertThat(retry.await().count(EntryState.FALLBACK)).isEqualTo(1);
    assertThat(row("m0")).isEqualTo(before);
  }

  @Test
  void leaveLeavesTheRowAsItIs() throws Exception {

    open(
        entry -> {
          throw new EnrichmentException(Message.verbatim("no JSON"));
        });
    addLegacy(2);
    UpgradeOptions leave = new UpgradeOptions(10, 2, FailurePolicy.LEAVE, Set.of());
    RunHandle run = upgrades.upgrade(EntryQuery.ALL, 10, leave);
    assertThat(run.await().count(EntryState.FAILED)).isEqualTo(2);
    assertThat(row("m0").metadata()).isEqualTo("{}");
    assertThat(upgrades.failedIds()).containsExactlyInAnyOrder("m0", "m1");
  }

  @Test
  void theJournalKnowsBeforeAndAfterOfEveryWrite() throws Exception {
    open();
    store.insert(List.of(Entries.entry("odd", "An odd one.", "not json")), ExistingRows.SKIP);
    RunHandle run = upgrades.upgrade(List.of("odd"), PLAIN);
    run.await();
    EntryRecord record = upgrades.history("odd").getFirst();
    assertThat(record.before()).isEqualTo("not json");
    assertThat(record.written()).isEqualTo(row("odd").metadata());
    assertThat(record.written()).contains("\"unparsed_metadata\":\"not json\"");
  }

  @Test
  void aPreviewShowsTheDiffAndWritesNothing() throws Exception {
    open();
    addLegacy(1);
    MemoryEntry before = row("m0");
    UpgradePreview preview = upgrades.preview(before, PLAIN);
    assertThat(preview.outcome()).isEqualTo(EntryState.UPGRADED);
    assertThat(preview.diff())
        .filteredOn(diff -> diff.key().equals("l0_abstract"))
        .extracting(KeyDiff::kind)
        .containsExactly(KeyDiff.Kind.ADDED);
    assertThat(row("m0")).isEqualTo(before);
    assertThat(upgrades.runs(10)).isEmpty();
  }

  /** Opens all with a model whose calls are noted. */
  private void openCounting(Queue<String> calls) {
    open(
        entry -> {
          calls.add(entry.id());
          return good(entry);
        });
  }

  private PlannedRun checked(RunRequest request) {
    return upgrades.check(upgrades.plan(request, Set.of()), (read, sent) -> true);
  }

  private static String layer(@Nullable String metadata) {
    return MetadataJson.objectOrEmpty(metadata).path("l0_abstract").asText();
  }

  @Test
  void aRunWritesWhatThePreviewGot() throws Exception {
    Queue<String> calls = new ConcurrentLinkedQueue<>();
    openCounting(calls);
    List<String> ids = addLegacy(3);
    UpgradePreview preview = upgrades.preview(row("m1"), PLAIN);
    PlannedRun plan = checked(new RunRequest.Chosen(ids, true));
    assertThat(plan.count(PlannedRun.State.ANSWERED)).isEqualTo(1);
    assertThat(plan.count(PlannedRun.State.LEGACY)).isEqualTo(2);
    assertThat(plan.size()).isEqualTo(3);
    assertThat(checked(new RunRequest.Matching(EntryQuery.ALL)).count(PlannedRun.State.ANSWERED))
        .isEqualTo(1);
    assertThat(upgrades.start(plan, PLAIN).await().count(EntryState.UPGRADED)).isEqualTo(3);
    assertThat(calls).containsExactlyInAnyOrder("m0", "m1", "m2");
    String shown =
        preview.diff().stream()
            .filter(key -> key.key().equals("l0_abstract"))
            .findFirst()
            .orElseThrow()
            .now();
    assertThat(shown).contains(layer(row("m1").metadata()));
    assertThat(row("m1").metadata()).contains("\"upgraded_by\":\"llm:test\"");
  }

  @Test
  void aSecondPreviewAsksNobody() throws Exception {
    Queue<String> calls = new ConcurrentLinkedQueue<>();
    openCounting(calls);
    addLegacy(1);
    assertThat(upgrades.previewed(row("m0"), PLAIN)).isEmpty();
    UpgradePreview first = upgrades.preview(row("m0"), PLAIN);
    assertThat(upgrades.previewed(row("m0"), PLAIN).orElseThrow().outcome())
        .isEqualTo(first.outcome());
    upgrades.preview(row("m0"), PLAIN);
    assertThat(calls).hasSize(1);
  }

  @Test
  void anotherTextThanThePreviewsIsAskedAboutAnew() throws Exception {
    Queue<String> calls = new ConcurrentLinkedQueue<>();
    openCounting(calls);
    addLegacy(1);
    upgrades.preview(row("m0"), PLAIN);
    rewrite("m0", "Another text. It is about something else.");
    assertThat(upgrades.previewed(row("m0"), PLAIN)).isEmpty();
    PlannedRun plan = checked(new RunRequest.Chosen(List.of("m0"), false));
    assertThat(plan.count(PlannedRun.State.ANSWERED)).isZero();
    assertThat(upgrades.start(plan, PLAIN).await().count(EntryState.UPGRADED)).isEqualTo(1);
    assertThat(calls).hasSize(2);
  }

  @Test
  void anAnswerOfAPreviewIsForOneRun() throws Exception {
    Queue<String> calls = new ConcurrentLinkedQueue<>();
    openCounting(calls);
    addLegacy(1);
    upgrades.preview(row("m0"), PLAIN);
    RunHandle run = upgrades.upgrade(List.of("m0"), PLAIN);
    run.await();
    assertThat(calls).hasSize(1);
    upgrades.undo(run.id(), List.of(), PLAIN).await();
    // Who takes it back may want another answer.
    upgrades.upgrade(List.of("m0"), PLAIN).await();
    assertThat(calls).hasSize(2);
  }

  @Test
  void aFailureInAPreviewIsNoAnswer() throws Exception {
    Queue<String> calls = new ConcurrentLinkedQueue<>();
    AtomicBoolean down = new AtomicBoolean(true);
    open(
        entry -> {
          calls.add(entry.id());
          if (down.get()) {
            throw new EnrichmentException(Message.verbatim("no JSON"));
          }
          return good(entry);
        });
    addLegacy(1);
    MemoryEntry entry = row("m0");
    assertThat(upgrades.preview(entry, PLAIN).outcome()).isEqualTo(EntryState.FALLBACK);
    assertThat(upgrades.previewed(entry, PLAIN)).isEmpty();
    down.set(false);
    assertThat(upgrades.upgrade(List.of("m0"), PLAIN).await().count(EntryState.UPGRADED))
        .isEqualTo(1);
    assertThat(calls).hasSize(2);
  }
}
