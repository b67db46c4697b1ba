package dev.memoryconsole.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.settings.FailurePolicy;
import dev.memoryconsole.store.EntryQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Runs of more entries than are taken up, or told, in one go. */
class ManyEntriesTest extends UpgradeTestBase {
  private static final int ROWS = 2_600;

  private static List<EntryOutcome> all(RunHandle run, Set<EntryState> states) {
    List<EntryOutcome> all = new ArrayList<>();
    while (all.size() < run.outcomes(states)) {
      List<EntryOutcome> page = run.outcomes(states, all.size(), 200);
      assertThat(page).isNotEmpty();
      all.addAll(page);
    }
    return all;
  }

  @Test
  void outcomesAreToldPageByPageAndByState() throws Exception {
    open(
        entry -> {
          if (entry.id().endsWith("7")) {
            throw new EnrichmentException(Message.verbatim("The model is tired."));
          }
          return good(entry);
        });
    List<String> ids = addLegacy(ROWS);
    RunHandle run = upgrades.upgrade(ids, PLAIN.withOnFailure(FailurePolicy.LEAVE));
    assertThat(run.await().count(EntryState.FAILED)).isEqualTo(260);
    List<EntryOutcome> all = all(run, Set.of());
    assertThat(all).extracting(EntryOutcome::id).containsExactlyInAnyOrderElementsOf(ids);
    List<EntryOutcome> failed = all(run, Set.of(EntryState.FAILED));
    assertThat(failed)
        .hasSize(260)
        .isEqualTo(all.stream().filter(outcome -> outcome.outcome() == EntryState.FAILED).toList())
        .allMatch(outcome -> outcome.reason().contains("The model is tired."))
        .allMatch(outcome -> outcome.attempt() == 1 && !outcome.title().isEmpty());
    assertThat(run.outcomes(Set.of(EntryState.STALE), 0, 10)).isEmpty();
  }

  @Test
  void whatNobodyHasTakenUpIsCancelledToo() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    open(
        entry -> {
          asked.countDown();
          never.await();
          return good(entry);
        });
    List<String> ids = addLegacy(ROWS);
    RunHandle run = upgrades.upgrade(ids, PLAIN);
    asked.await();
    run.cancel();
    assertThat(run.await().count(EntryState.CANCELLED)).isEqualTo(ROWS);
    assertThat(all(run, Set.of())).extracting(EntryOutcome::id).isEqualTo(ids);
    assertThat(upgrades.entries(run.id(), Set.of(EntryState.CANCELLED), ROWS - 1, 10)).hasSize(1);
  }

  @Test
  void aStoppedRunGoesOnWithAllThatIsLeftAndNoMore() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch enough = new CountDownLatch(1_100);
    open(
        entry -> {
          enough.countDown();
          if (enough.getCount() == 0) {
            never.await();
          }
          return good(entry);
        });
    addLegacy(ROWS);
    RunHandle first = upgrades.upgrade(EntryQuery.ALL, ROWS, PLAIN);
    enough.await();
    first.cancel();
    RunProgress stopped = first.await();
    int left = stopped.count(EntryState.CANCELLED);
    assertThat(left).isPositive().isLessThan(ROWS);

    open(new SimpleEnricher());
    PlannedRun plan = upgrades.plan(new RunRequest.Resume(first.id()), Set.of());
    assertThat(plan.size()).isEqualTo(left);
    // One more than was counted is not taken.
    PlannedRun counted =
        new PlannedRun(
            plan.request(),
            plan.kind(),
            plan.scopes(),
            true,
            plan.asked(),
            plan.ids().subList(1, plan.size()),
            plan.kept(),
            plan.counts());
    RunHandle second = upgrades.start(counted, PLAIN);
    RunProgress end = second.await();
    assertThat(end.state()).isEqualTo(RunState.COMPLETED);
    assertThat(end.selected()).isEqualTo(ROWS);
    assertThat(end.count(EntryState.UPGRADED) + end.count(EntryState.SKIPPED)).isEqualTo(ROWS);
    assertThat(second.outcomes(Set.of())).isEqualTo(left);
    assertThat(all(second, Set.of()))
        .extracting(EntryOutcome::id)
        .containsExactlyInAnyOrderElementsOf(plan.ids());
    assertThat(store.stats().legacy()).isEqualTo(end.count(EntryState.SKIPPED));
  }

  @Test
  void aWholeRunIsTakenBackAlsoByAnUndoThatWasStopped() throws Exception {
    open();
    List<String> ids = addLegacy(ROWS);
    RunHandle run = upgrades.upgrade(ids, PLAIN);
    assertThat(run.await().count(EntryState.UPGRADED)).isEqualTo(ROWS);
    RunHandle undo = upgrades.undo(run.id(), List.of(), PLAIN.withBatchSize(1));
    undo.cancel();
    RunProgress stopped = undo.await();
    RunProgress end = stopped;
    if (stopped.state() == RunState.CANCELLED) {
      PlannedRun plan = upgrades.plan(new RunRequest.Resume(undo.id()), Set.of());
      assertThat(plan.size()).isEqualTo(ROWS - stopped.count(EntryState.UNDONE));
      assertThat(upgrades.check(plan, PlanReader.NONE).count(PlannedRun.State.ANSWERED))
          .isEqualTo(plan.size());
      end = upgrades.start(plan, PLAIN).await();
    }
    assertThat(end.kind()).isEqualTo(RunKind.UNDO);
    assertThat(end.count(EntryState.UNDONE)).isEqualTo(ROWS);
    assertThat(store.stats().legacy()).isEqualTo(ROWS);
  }
}
