package dev.memoryconsole.upgrade.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunPlan;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.memory.Enrichment;
import dev.memoryconsole.memory.Marker;
import dev.memoryconsole.memory.MemoryCategory;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.TextHash;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.testing.Plans;
import dev.memoryconsole.upgrade.EntryOutcome;
import dev.memoryconsole.upgrade.Preconditions;
import dev.memoryconsole.upgrade.RunActivity;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.pace.BatchPace;
import dev.memoryconsole.upgrade.pace.Batching;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of a run that need no run. */
class RunPartsTest {
  private static String english(Message message) {
    return Wording.ENGLISH.of(message);
  }

  @Test
  void aLedgerGoesOnFromBefore(@TempDir Path folder) {
    RunPlan plan = Plans.upgrade("s", List.of("a", "b"));
    try (Journal journal = new SqliteJournal(folder.resolve("journal.db"))) {
      RunBeginning beginning =
          new RunBeginning(
              journal.runs().start(plan, 1).orElseThrow(),
              RunKind.UPGRADE,
              null,
              OpenEntries.of(List.of("a", "b")),
              Map.of(EntryState.SKIPPED, 3, EntryState.FAILED, 1),
              0,
              ModelUsage.NONE,
              null);
      RunLedger ledger =
          new RunLedger(
              beginning,
              journal,
              new LockMetrics(),
              () -> ModelUsage.NONE,
              new PauseGate(System::nanoTime, 0),
              InstantSource.system());
      assertThat(List.of(ledger.selected(), ledger.done(), ledger.remaining()))
          .containsExactly(6, 4, 2);
      Candidate first = beginning.entries().next(1).getFirst();
      ledger.finish(first, EntryState.SKIPPED, Message.NONE);
      ledger.cancelTheRest();
      assertThat(ledger.done()).isEqualTo(6);
      assertThat(ledger.counts())
          .isEqualTo(Map.of(EntryState.SKIPPED, 4, EntryState.FAILED, 1, EntryState.CANCELLED, 1));
      EntryOutcome skipped = new EntryOutcome("a", "", EntryState.SKIPPED, Message.NONE, 0, 0, 0);
      EntryOutcome cancelled =
          new EntryOutcome("b", "", EntryState.CANCELLED, Message.NONE, 0, 0, 0);
      assertThat(ledger.outcomes(Set.of(), 0, 9)).containsExactly(skipped, cancelled);
      assertThat(ledger.outcomes(Set.of(), 1, 9)).containsExactly(cancelled);
      assertThat(ledger.outcomes(Set.of(), 0, 1)).containsExactly(skipped);
      assertThat(ledger.outcomes(Set.of(), 9, 9)).isEmpty();
      assertThat(ledger.outcomes(Set.of(EntryState.CANCELLED), 0, 9)).containsExactly(cancelled);
      assertThat(ledger.told(Set.of())).isEqualTo(2);
      assertThat(ledger.told(Set.of(EntryState.SKIPPED, EntryState.FAILED))).isEqualTo(1);
      assertThat(ledger.written()).isZero();
    }
  }

  @Test
  void progressTellsTheRest() {
    RunProgress half = progress(10, 5, 2_000);
    assertThat(half.leftMillis()).hasValue(2_000);
    assertThat(progress(10, 4, 2_000).leftMillis()).hasValue(3_000);
    assertThat(half.count(EntryState.UPGRADED)).isEqualTo(5);
    assertThat(half.count(EntryState.FAILED)).isZero();
    assertThat(progress(10, 0, 100).leftMillis()).isEmpty();
  }

  /** Three hours for a tenth, then a night, and now it goes fast. */
  @Test
  void whatIsLeftIsToldFromThePaceSinceTheResume() {
    RunProgress.Before before = new RunProgress.Before(100, 10_800_000);
    assertThat(progress(1_000, 100, 10_800_500, before).leftMillis()).isEmpty();
    assertThat(progress(1_000, 200, 10_810_000, before).perSecond()).isEqualTo(10);
    assertThat(progress(1_000, 200, 10_810_000, before).leftMillis()).hasValue(80_000);
  }

  private static RunProgress progress(int selected, int done, long elapsed) {
    return progress(selected, done, elapsed, RunProgress.Before.NOTHING);
  }

  private static RunProgress progress(
      int selected, int done, long elapsed, RunProgress.Before before) {
    return new RunProgress(
        1,
        RunKind.UPGRADE,
        RunState.RUNNING,
        selected,
        done,
        Map.of(EntryState.UPGRADED, done),
        elapsed,
        LockSummary.NONE,
        8,
        new RunActivity.Working(),
        0,
        Verification.NONE,
        ModelUsage.NONE,
        new BatchPace(10, 0, 0, 0, BatchPace.Reason.FIXED),
        before);
  }

  @Test
  void optionsHaveRanges() {
    UpgradeOptions options = UpgradeOptions.DEFAULT;
    assertThat(options.withBatchSize(1).withBatchSize(10_000).batching())
        .isEqualTo(new Batching.Fixed(10_000));
    for (int wrong : new int[] {0, 10_001}) {
      assertThatThrownBy(() -> Batching.holdingAtMost(wrong))
          .hasMessage("The bound on holding the lock must be from 1 to 10,000 milliseconds.");
    }
    assertThat(options.withConcurrency(1).withConcurrency(1_000).concurrency()).isEqualTo(1_000);
    assertThat(options.withScopes(Set.of("a")).scopes()).containsExactly("a");
    for (int wrong : new int[] {0, 10_001}) {
      assertThatThrownBy(() -> options.withBatchSize(wrong))
          .hasMessage("The batch size must be from 1 to 10,000.");
    }
    for (int wrong : new int[] {0, 1_001}) {
      assertThatThrownBy(() -> options.withConcurrency(wrong))
          .hasMessage("The concurrency must be from 1 to 1,000.");
    }
  }

  @Test
  void phaseOneSurvivesTheJournal() {
    Enrichment full = new Enrichment("L0 \ud83d", "L1", "L2", MemoryCategory.CASES);
    EnrichmentResult good =
        EnrichmentResult.of(new Enriched(full, Message.verbatim("A note.")), "llm:m");
    assertThat(EnrichmentResult.ofJson(good.json())).isEqualTo(good);
    assertThat(english(good.reason())).isEqualTo("A note.");
    assertThat(good.marker(7)).isEqualTo(new Marker(7, "llm:m", null));
    EnrichmentResult fallback = EnrichmentResult.fallback(Message.verbatim("it is down"));
    assertThat(EnrichmentResult.ofJson(fallback.json())).isEqualTo(fallback);
    assertThat(fallback.enrichmentOf("One. Two.").abstractLine()).isEqualTo("One.");
    assertThat(fallback.marker(7)).isEqualTo(new Marker(7, "simple", "it is down"));
    assertThat(english(fallback.reason()))
        .isEqualTo("Upgraded with the simple enrichment because the model failed: it is down");
    assertThatThrownBy(() -> EnrichmentResult.ofJson("garbage"))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("start a new run");
  }

  @Test
  void aTextHasOneHashEvenWithHalfACharacter() {
    assertThat(TextHash.of("a")).hasSize(64).isEqualTo(TextHash.of("a"));
    assertThat(TextHash.of("\ud83d")).isNotEqualTo(TextHash.of("\ude00"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void aProblemWithoutWordsIsNamedByItsKind(String message) {
    assertThat(english(ErrorSentence.of(new IllegalStateException(message))))
        .isEqualTo("an unexpected error (IllegalStateException), see the log");
    assertThat(english(ErrorSentence.of(new IllegalStateException())))
        .isEqualTo("an unexpected error (IllegalStateException), see the log");
  }

  @Test
  void aProblemIsSaidOnOneLine() {
    assertThat(english(ErrorSentence.of(new Exception(" a\n  b ")))).isEqualTo("a b");
  }

  @Test
  void preconditions() {
    MemoryEntry legacy = Entries.entry("a", "text", "{}");
    MemoryEntry done =
        Entries.entry("a", "text", "{\"memory_category\":\"cases\",\"source\":\"manual\"}");
    MemoryEntry bare = Entries.entry("a", "text", "{\"memory_category\":\"cases\"}");
    MemoryEntry stamped =
        Entries.entry("a", "text", "{\"memory_category\":\"cases\",\"source\":\"legacy\"}");
    MemoryEntry simple =
        Entries.entry("a", "text", "{\"memory_category\":\"cases\",\"upgraded_by\":\"simple\"}");
    MemoryEntry nowhere = new MemoryEntry("a", "text", "fact", null, null, null, "{}", 1);
    Preconditions upgrade = new Preconditions(RunKind.UPGRADE, Set.of());
    Preconditions retry = new Preconditions(RunKind.RETRY, Set.of());
    Preconditions chosen = new Preconditions(RunKind.STAMPED, Set.of());
    Preconditions scoped = new Preconditions(RunKind.UPGRADE, Set.of("global"));
    Preconditions none = new Preconditions(RunKind.UPGRADE, Set.of(""));
    assertThat(upgrade.refusal(legacy)).isEmpty();
    assertThat(upgrade.refusal(done))
        .hasValueSatisfying(s -> assertThat(english(s)).contains("already"));
    assertThat(upgrade.refusal(simple)).isPresent();
    assertThat(upgrade.refusal(bare)).isPresent();
    assertThat(upgrade.refusal(stamped)).isEmpty();
    assertThat(retry.refusal(bare)).isPresent();
    assertThat(retry.refusal(stamped)).isEmpty();
    assertThat(chosen.refusal(bare)).isEmpty();
    assertThat(chosen.refusal(stamped)).isEmpty();
    assertThat(chosen.refusal(simple)).isEmpty();
    assertThat(chosen.refusal(done)).isPresent();
    assertThat(retry.refusal(simple)).isEmpty();
    assertThat(retry.refusal(legacy)).isEmpty();
    assertThat(retry.refusal(done)).isPresent();
    assertThat(scoped.refusal(legacy)).isEmpty();
    assertThat(scoped.refusal(nowhere))
        .hasValueSatisfying(s -> assertThat(english(s)).contains("scopes"));
    assertThat(none.refusal(nowhere)).isEmpty();
    assertThat(none.refusal(legacy)).isPresent();
  }

  @Test
  void aCandidateTakesNoShortCuts() {
    Candidate candidate = new Candidate(3, "a");
    assertThatThrownBy(() -> candidate.go(EntryState.UPGRADED))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a can't go from QUEUED to UPGRADED");
    assertThat(candidate.state()).isEqualTo(EntryState.QUEUED);
    assertThat(candidate.position()).isEqualTo(3);
  }

  @Test
  void aCandidateKeepsItsStartAndCountsItsAttempts() {
    Candidate candidate = new Candidate(0, "a");
    MemoryEntry row = Entries.entry("a", "First text", "{}");
    candidate.begin(row, 100, 0);
    assertThat(candidate.title()).isEqualTo("First text");
    assertThat(candidate.wasEnrichedFrom("First text")).isTrue();
    assertThat(candidate.wasEnrichedFrom("Second text")).isFalse();
    candidate.enriched(EnrichmentResult.fallback(Message.verbatim("down")));
    assertThat(candidate.state()).isEqualTo(EntryState.ENRICHED);
    candidate.begin(Entries.entry("a", "Second text", "{}"), 200, 0);
    assertThat(candidate.startedAt()).isEqualTo(100);
    assertThat(candidate.attempt()).isEqualTo(2);
    assertThat(candidate.result()).isNull();
    assertThat(candidate.title()).isEqualTo("Second text");
    candidate.forgetWork();
    assertThat(candidate.wasEnrichedFrom("Second text")).isFalse();
  }

  @Test
  void aRowThatWasReadJustNowNeedNotBeReadAgain() {
    Candidate candidate = new Candidate(0, "a");
    MemoryEntry row = Entries.entry("a", "Text", "{}");
    assertThat(candidate.seenJustNow(0)).isEmpty();
    candidate.begin(row, 100, 5);
    assertThat(candidate.seenJustNow(1_000_000_004)).contains(row);
    assertThat(candidate.seenJustNow(1_000_000_005)).isEmpty();
    candidate.forgetWork();
    assertThat(candidate.seenJustNow(6)).isEmpty();
  }

  @Test
  void aCandidateIsMissedTwiceBeforeItIsGone() {
    Candidate candidate = new Candidate(0, "a");
    assertThat(candidate.missedAgain()).isFalse();
    assertThat(candidate.missedAgain()).isTrue();
  }

  @Test
  void anAnnouncedWriteThatIsGivenUpLeavesWhatWas() {
    Candidate enriched = new Candidate(0, "a");
    enriched.begin(Entries.entry("a", "Text", "{}"), 1, 0);
    enriched.enriched(EnrichmentResult.fallback(Message.verbatim("down")));
    enriched.announce();
    enriched.giveUp();
    assertThat(enriched.state()).isEqualTo(EntryState.ENRICHED);
    Candidate undo = new Candidate(0, "a");
    undo.announce();
    undo.giveUp();
    assertThat(undo.state()).isEqualTo(EntryState.QUEUED);
  }

  private static EntryProgress left(
      int position, String id, String title, EntryState state, int attempt, long startedAt) {
    return new EntryProgress(
        position, id, title, state, attempt, startedAt, null, null, null, null, null);
  }

  @Test
  void aCandidateOfAStoppedRunKnowsWhatTheJournalKnows() {
    Candidate left = new Candidate(left(4, "a", "A title", EntryState.COMMITTING, 2, 77));
    assertThat(left.isRecovered()).isTrue();
    assertThat(List.of(left.position(), left.attempt())).containsExactly(4, 2);
    assertThat(left.title()).isEqualTo("A title");
    assertThat(left.startedAt()).isEqualTo(77);
    EntryProgress kept =
        new EntryProgress(
            4,
            "a",
            "A title",
            EntryState.COMMITTING,
            2,
            77,
            TextHash.of("Text"),
            9L,
            "{}",
            null,
            "{}");
    left.restore(EnrichmentResult.fallback(Message.verbatim("down")), kept);
    assertThat(left.wasEnrichedFrom("Text")).isTrue();
    assertThat(left.wasEnrichedFrom("Other")).isFalse();
    assertThat(left.kept()).isEqualTo(kept);
    left.giveUp();
    assertThat(left.isRecovered()).isFalse();
    assertThat(left.state()).isEqualTo(EntryState.ENRICHED);
    Candidate bare = new Candidate(left(0, "b", "", EntryState.COMMITTING, 0, 0));
    bare.giveUp();
    assertThat(bare.state()).isEqualTo(EntryState.QUEUED);
    assertThat(new Candidate(left(0, "c", "", EntryState.ENRICHED, 1, 5)).isRecovered()).isFalse();
  }
}
