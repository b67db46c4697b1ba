package dev.memoryconsole.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.llm.price.Estimate;
import dev.memoryconsole.enrich.llm.price.PriceTable;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.message.MessageText;
import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.testing.Answering;
import dev.memoryconsole.testing.Entries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The one counter: what a run would take, what that needs, and that it takes exactly this. */
class PlannedRunTest extends UpgradeTestBase {
  private static final ModelSettings MODEL =
      ModelSettings.of("http://127.0.0.1:1/v1", "test", KeySource.NONE);

  private static final PriceTable PRICES = PriceTable.with(Map.of());

  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

  /** Answers so many, then never again until the next run. */
  private final class Stopping implements Answering.Answer {
    private final AtomicInteger answers = new AtomicInteger();

    @Override
    public Enriched to(MemoryEntry entry) throws InterruptedException {
      if (answers.getAndDecrement() <= 0) {
        new CountDownLatch(1).await();
      }
      asked.add(entry.id());
      return good(entry);
    }
  }

  private Estimates.Measured measured(RunRequest request) {
    return Estimates.of(
        upgrades, upgrades.plan(request, Set.of()), MODEL, PRICES, () -> false, read -> {});
  }

  private static long calls(Estimates.Measured measured) {
    Estimate estimate = Objects.requireNonNull(measured.estimate());
    return estimate.calls();
  }

  /** A run of 20 that was stopped after seven answers, none of them written. */
  private long stopped(Stopping model) throws Exception {
    model.answers.set(7);
    RunHandle run = upgrades.upgrade(addLegacy(20), ONE_BY_ONE);
    await()
        .until(() -> upgrades.entries(run.id(), Set.of(EntryState.ENRICHED), 0, 100).size() == 7);
    run.cancel();
    assertThat(run.await().state()).isEqualTo(RunState.CANCELLED);
    return run.id();
  }

  @Test
  void aResumeOfACancelledRunCountsWhatIsLeftAndNoAnswerTwice() throws Exception {
    Stopping model = new Stopping();
    open(model);
    long run = stopped(model);
    Estimates.Measured measured = measured(new RunRequest.Resume(run));
    assertThat(measured.plan().size()).isEqualTo(20);
    assertThat(measured.plan().count(PlannedRun.State.ANSWERED)).isEqualTo(7);
    assertThat(measured.plan().count(PlannedRun.State.LEGACY)).isEqualTo(13);
    assertThat(calls(measured)).isEqualTo(13);
    asked.clear();
    model.answers.set(100);
    RunProgress end = upgrades.start(measured.plan(), ONE_BY_ONE).await();
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(20);
    assertThat(asked).hasSize(13);
  }

  @Test
  void aRunThatWasClosedIsCountedWhenItsStoreIsOpenAgain() throws Exception {
    Stopping model = new Stopping();
    long run;
    open(model);
    model.answers.set(3);
    run = upgrades.upgrade(addLegacy(10), ONE_BY_ONE).id();
    await().until(() -> asked.size() == 3);
    open(model);
    Estimates.Measured measured = measured(new RunRequest.Resume(run));
    long answered = measured.plan().count(PlannedRun.State.ANSWERED);
    assertThat(measured.plan().size()).isBetween(7, 10);
    assertThat(calls(measured)).isEqualTo(measured.plan().size() - answered).isGreaterThan(6);
  }

  @Test
  void anAnswerForAnotherTextIsNoAnswer() throws Exception {
    Stopping model = new Stopping();
    open(model);
    long run = stopped(model);
    rewrite("m0", "Quite another text.");
    assertThat(calls(measured(new RunRequest.Resume(run)))).isEqualTo(14);
  }

  @Test
  void aResumeEnrichesNoneThatWasNotCounted() throws Exception {
    Stopping model = new Stopping();
    open(model);
    long run = stopped(model);
    String legacy = Objects.requireNonNull(row("m15").metadata());
    writeAsAgent("m15", "{\"memory_category\":\"cases\",\"upgraded_at\":5}");
    Estimates.Measured measured = measured(new RunRequest.Resume(run));
    assertThat(measured.plan().size()).isEqualTo(19);
    assertThat(measured.plan().leftOut()).isEqualTo(1);
    // Legacy again by the time it begins: nobody was asked about this one.
    writeAsAgent("m15", legacy);
    asked.clear();
    model.answers.set(100);
    RunProgress end = upgrades.start(measured.plan(), ONE_BY_ONE).await();
    assertThat(asked).hasSize(12).doesNotContain("m15");
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(19);
    assertThat(upgrades.entries(run, Set.of(EntryState.SKIPPED), 0, 9))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.id()).isEqualTo("m15");
              assertThat(MessageText.write(entry.message()))
                  .isEqualTo(MessageText.write(UpgradeCode.NOT_COUNTED.with()));
            });
  }

  @Test
  void whatIsUpgradedAlreadyIsLeftOutOfASelection() throws Exception {
    open();
    List<String> ids = addLegacy(8);
    upgrades.upgrade(ids.subList(0, 2), ONE_BY_ONE).await();
    store.insert(List.of(Entries.entry("corpus:x", "kept", "{}")), ExistingRows.SKIP);
    List<String> chosen = new ArrayList<>(ids);
    chosen.add("corpus:x");
    chosen.add("nobody");
    Estimates.Measured measured = measured(new RunRequest.Chosen(chosen, true));
    assertThat(measured.plan().ids()).containsExactlyElementsOf(ids.subList(2, 8));
    assertThat(measured.plan().asked()).isEqualTo(10);
    assertThat(measured.plan().count(PlannedRun.State.UPGRADED)).isEqualTo(2);
    assertThat(measured.plan().count(PlannedRun.State.CORPUS)).isEqualTo(1);
    assertThat(measured.plan().count(PlannedRun.State.GONE)).isEqualTo(1);
    assertThat(calls(measured)).isEqualTo(6);
    RunProgress end = upgrades.start(measured.plan(), ONE_BY_ONE).await();
    assertThat(end.selected()).isEqualTo(6);
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(6);
    assertThat(calls(measured(new RunRequest.Chosen(ids.subList(0, 2), true)))).isZero();
  }

  @Test
  void aSelectionOfAllThatMatchIsNarrowedToWhatIsLegacyWithoutItsExceptions() throws Exception {
    open();
    List<String> ids = addLegacy(9);
    upgrades.upgrade(ids.subList(0, 3), ONE_BY_ONE).await();
    PlannedRun plan =
        measured(new RunRequest.Matching(EntryQuery.ALL, Integer.MAX_VALUE, Set.of("m4", "m0")))
            .plan();
    assertThat(plan.ids()).containsExactlyInAnyOrder("m3", "m5", "m6", "m7", "m8");
    assertThat(plan.leftOut()).isEqualTo(2);
    EntryQuery upgraded = EntryQuery.ALL.withStates(Set.of(MemoryState.UPGRADED));
    assertThat(measured(new RunRequest.Matching(upgraded)).plan().isEmpty()).isTrue();
  }

  @Test
  void whatComesOrGoesAfterTheCountChangesNothingAboutIt() throws Exception {
    open();
    addLegacy(5);
    PlannedRun plan = measured(new RunRequest.Matching(EntryQuery.ALL)).plan();
    store.insert(List.of(Entries.entry("late", "It came afterwards.", "{}")), ExistingRows.SKIP);
    writeAsAgent("m2", "{\"memory_category\":\"cases\",\"upgraded_at\":5}");
    RunProgress end = upgrades.start(plan, ONE_BY_ONE).await();
    assertThat(end.selected()).isEqualTo(5);
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(4);
    assertThat(end.count(EntryState.SKIPPED)).isEqualTo(1);
    assertThat(store.stats().legacy()).isEqualTo(1);
  }

  @Test
  void onesThatArePossiblyLegacyAreTakenWhereTheyArePicked() throws Exception {
    open();
    store.insert(
        List.of(
            Entries.entry("old", "An old one.", "{}"),
            Entries.entry("maybe", "Touched.", "{\"memory_category\":\"cases\"}")),
        ExistingRows.SKIP);
    List<String> both = List.of("old", "maybe");
    assertThat(measured(new RunRequest.Chosen(both, false)).plan().ids()).containsExactly("old");
    PlannedRun plan = measured(new RunRequest.Chosen(both, true)).plan();
    assertThat(plan.ids()).containsExactly("old", "maybe");
    assertThat(plan.kind()).isEqualTo(RunKind.STAMPED);
    assertThat(upgrades.start(plan, ONE_BY_ONE).await().count(EntryState.UPGRADED)).isEqualTo(2);
  }

  @Test
  void aRetryTakesWhatNoLaterRunHasRetriedOrTakenBack() throws Exception {
    Answering.Answer failing =
        entry -> {
          throw new EnrichmentException(UpgradeCode.UNEXPECTED.with("no"));
        };
    long run;
    open(failing);
    RunProgress end = upgrades.upgrade(addLegacy(5), ONE_BY_ONE).await();
    run = end.run();
    assertThat(end.count(EntryState.FALLBACK)).isEqualTo(5);
    upgrades.undo(run, List.of("m0"), ONE_BY_ONE).await();
    open(UpgradeTestBase::good);
    RunRequest retry = new RunRequest.Retry(run);
    assertThat(measured(retry).plan().ids()).containsExactly("m1", "m2", "m3", "m4");
    PlannedRun all = measured(new RunRequest.RetryAll()).plan();
    assertThat(all.ids()).containsExactlyInAnyOrder("m1", "m2", "m3", "m4");
    PlannedRun some =
        new PlannedRun(
            all.request(),
            all.kind(),
            Set.of(),
            true,
            3,
            List.of("m1", "m2", "m3"),
            all.kept(),
            all.counts());
    upgrades.start(some, ONE_BY_ONE).await();
    assertThat(measured(retry).plan().ids()).containsExactly("m4");
    assertThat(calls(measured(retry))).isEqualTo(1);
    assertThat(upgrades.retry(run, ONE_BY_ONE).await().selected()).isEqualTo(1);
    assertThat(measured(retry).plan().isEmpty()).isTrue();
  }

  @Test
  void nothingIsLeftOfARunWhoseEntriesALaterOneHasUpgraded() throws Exception {
    Stopping model = new Stopping();
    open(model);
    long run = stopped(model);
    RunRequest resume = new RunRequest.Resume(run);
    assertThat(upgrades.peek(resume, Set.of()).size()).isEqualTo(20);
    model.answers.set(100);
    upgrades.upgrade(EntryQuery.ALL, 100, ONE_BY_ONE).await();
    assertThat(upgrades.peek(resume, Set.of()).isEmpty()).isTrue();
    long later = upgrades.runs(1).getFirst().id();
    upgrades.undo(later, List.of("m3"), ONE_BY_ONE).await();
    assertThat(upgrades.peek(resume, Set.of()).ids()).containsExactly("m3");
  }

  @Test
  void countingStopsWhenNobodyWaitsAndWhenTheEstimateIsNotWanted() throws Exception {
    open();
    List<String> ids = addLegacy(9);
    PlannedRun sure = upgrades.plan(new RunRequest.Matching(EntryQuery.ALL), Set.of());
    List<Long> read = new ArrayList<>();
    Estimates.Measured skipped =
        Estimates.of(upgrades, sure, MODEL, PRICES, () -> read.size() > 3, read::add);
    assertThat(skipped.estimate()).isNull();
    assertThat(read).hasSize(4);
    assertThat(skipped.plan().size()).isEqualTo(9);
    // Which of these it takes is not known before each was looked at.
    PlannedRun chosen = upgrades.plan(new RunRequest.Chosen(ids, true), Set.of());
    read.clear();
    Estimates.of(upgrades, chosen, MODEL, PRICES, () -> true, read::add);
    assertThat(read).hasSize(9);
    Cancellation cancellation = new Cancellation();
    PlanReader cancelling =
        (at, sent) -> {
          cancellation.cancel();
          return true;
        };
    assertThatThrownBy(() -> cancellation.during(() -> upgrades.check(chosen, cancelling)))
        .isInstanceOf(CancellationException.class);
  }
}
