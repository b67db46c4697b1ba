package dev.memoryconsole.upgrade.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.team.TeamRun;
import dev.memoryconsole.journal.team.TeamWorker;
import dev.memoryconsole.upgrade.RunActivity;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** Consoles of different machines work on one run. */
class SharedRunTest extends SharedRunTestBase {
  @Test
  void twoConsolesDoARunTogetherAndAThirdTakesItBack() throws Exception {
    Map<String, String> before = table.metadata();
    CountDownLatch bothAsk = new CountDownLatch(2);
    Console one = console(LONG, entry -> meet(bothAsk));
    Console other = console(LONG, entry -> meet(bothAsk));
    long run = share(one);

    RunHandle first = one.upgrades().work(run, OPTIONS);
    RunHandle second = other.upgrades().work(run, OPTIONS);
    int done = first.await().done() + second.await().done();

    assertThat(done).isEqualTo(ROWS);
    assertThat(first.progress().done()).isPositive();
    assertThat(second.progress().done()).isPositive();
    assertThat(asked).hasSize(ROWS).allSatisfy((_, times) -> assertThat(times).hasValue(1));
    everyRowIsWrittenOnce();
    Console third = console(LONG);
    RunRecord record = third.upgrades().run(run).orElseThrow();
    assertThat(record.state()).isEqualTo(RunState.COMPLETED);
    assertThat(record.counts()).containsExactly(Map.entry(EntryState.UPGRADED, ROWS));
    assertThat(record.finishedAt()).isNotNull();
    assertThat(third.upgrades().runs(10)).extracting(RunRecord::id).containsExactly(run);
    assertThat(third.upgrades().entries(run, Set.of(), 0, 10))
        .hasSize(10)
        .allMatch(entry -> entry.written() != null && entry.before() != null);
    assertThat(third.upgrades().history("row7")).hasSize(1);
    assertThat(third.team().open()).isEmpty();
    TeamRun shared = third.team().find(run).orElseThrow();
    assertThat(shared.workers()).hasSize(2).noneMatch(TeamWorker::isAtWork);
    assertThat(shared.workers().stream().mapToInt(TeamWorker::finished).sum()).isEqualTo(ROWS);

    // One row the agent has written since: only what is ours comes back.
    table.execute(
        "UPDATE memories SET metadata = jsonb_set(CAST(metadata AS jsonb), '{count}', '5')"
            + " WHERE id = 'row3'");
    RunProgress undone = third.upgrades().undo(run, List.of(), OPTIONS).await();
    assertThat(undone.count(EntryState.UNDONE)).as(undone.toString()).isEqualTo(ROWS);
    Map<String, String> after = table.metadata();
    assertThat(after.remove("row3")).isEqualTo("{\"count\":5}");
    before.remove("row3");
    assertThat(after).isEqualTo(before);
    assertThat(one.upgrades().runs(10)).extracting(RunRecord::ofRun).containsExactly(run, null);
  }

  private static void meet(CountDownLatch all) throws InterruptedException {
    all.countDown();
    all.await();
  }

  /** One that is never answered; this counts what it asks. */
  private Console stuckConsole(CountDownLatch atWork) {
    return console(
        LONG,
        entry -> {
          atWork.countDown();
          new CountDownLatch(1).await();
        });
  }

  @Test
  void whatAConsoleLeavesIsTheOthers() throws Exception {
    CountDownLatch atWork = new CountDownLatch(4);
    Console stuck = stuckConsole(atWork);
    long run = share(stuck);
    RunHandle part = stuck.upgrades().work(run, OPTIONS);
    atWork.await();
    part.cancel();
    part.await();
    asked.clear();

    Console other = console(LONG);
    assertThat(other.upgrades().run(run).orElseThrow().state()).isEqualTo(RunState.INTERRUPTED);
    assertThat(other.upgrades().work(run, OPTIONS).await().done()).isEqualTo(ROWS);
    assertThat(asked).hasSize(ROWS);
    everyRowIsWrittenOnce();
  }

  @Test
  void whoeverIsSilentForLongerThanItsLeaseLosesItsEntriesAndWritesNothingMore() throws Exception {
    CountDownLatch atWork = new CountDownLatch(4);
    CountDownLatch goOn = new CountDownLatch(1);
    Console silent =
        console(
            LONG,
            entry -> {
              atWork.countDown();
              goOn.await();
            });
    long run = share(silent);
    RunHandle part = silent.upgrades().work(run, OPTIONS);
    atWork.await();
    // As if it had stood still: its lease is over, and nobody has told it.
    table.execute("UPDATE memory_console.workers SET lease_until = now() - interval '1 second'");

    Console other = console(LONG);
    assertThat(other.upgrades().work(run, OPTIONS).await().done()).isEqualTo(ROWS);
    goOn.countDown();
    RunProgress lost = part.await();

    assertThat(lost.state()).isEqualTo(RunState.INTERRUPTED);
    assertThat(part.problem()).contains("taken over");
    everyRowIsWrittenOnce();
    assertThat(other.upgrades().run(run).orElseThrow().counts())
        .containsExactly(Map.entry(EntryState.UPGRADED, ROWS));
  }

  @Test
  void aLeaseThatIsProlongedOutlastsASlowModel() throws Exception {
    Duration lease = Duration.ofSeconds(3);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch atWork = new CountDownLatch(4);
    Console slow =
        console(
            lease,
            entry -> {
              atWork.countDown();
              goOn.await();
            });
    long run = share(slow);
    RunHandle part = slow.upgrades().work(run, OPTIONS);
    atWork.await();
    Console other = console(lease);
    // The other has everything but what the slow one has, for several leases.
    RunHandle others = other.upgrades().work(run, OPTIONS);
    await().until(() -> others.progress().activity() instanceof RunActivity.WaitingForOthers);
    assertThat(others.progress().done()).isEqualTo(ROWS - 8);
    await().pollDelay(lease.multipliedBy(2)).until(() -> true);
    assertThat(others.progress().done()).isEqualTo(ROWS - 8);
    goOn.countDown();
    assertThat(part.await().done()).isEqualTo(8);
    assertThat(others.await().done()).isEqualTo(ROWS - 8);
    everyRowIsWrittenOnce();
  }

  @Test
  void whoIsThroughTakesWhatAnotherLeavesLater() throws Exception {
    CountDownLatch atWork = new CountDownLatch(4);
    Console stuck = stuckConsole(atWork);
    long run = share(stuck);
    RunHandle left = stuck.upgrades().work(run, OPTIONS);
    atWork.await();
    Console other = console(LONG);
    RunHandle part = other.upgrades().work(run, OPTIONS);
    await().until(() -> part.progress().activity() instanceof RunActivity.WaitingForOthers);
    assertThat(part.progress().state()).isEqualTo(RunState.RUNNING);
    assertThat(part.progress().done()).isEqualTo(ROWS - 8);

    left.cancel();

    assertThat(part.await().done()).isEqualTo(ROWS);
    assertThat(part.progress().state()).isEqualTo(RunState.COMPLETED);
    everyRowIsWrittenOnce();
  }

  @Test
  void anybodyPausesGoesOnAndCancels() throws Exception {
    Duration lease = Duration.ofSeconds(3);
    Semaphore some = new Semaphore(20);
    Console worker = console(lease, entry -> some.acquire());
    long run = share(worker);
    RunHandle part = worker.upgrades().work(run, OPTIONS);
    Console admin = console(lease);
    admin.team().pause(run, true);
    await().until(() -> part.progress().state() == RunState.PAUSED);
    assertThat(admin.upgrades().run(run).orElseThrow().state()).isEqualTo(RunState.PAUSED);
    admin.team().pause(run, false);
    await().until(() -> part.progress().state() == RunState.RUNNING);
    await().until(() -> part.progress().done() > 0);
    admin.team().cancel(run);
    assertThat(part.await().state()).isEqualTo(RunState.CANCELLED);

    RunRecord cancelled = admin.upgrades().run(run).orElseThrow();
    assertThat(cancelled.state()).isEqualTo(RunState.CANCELLED);
    assertThat(cancelled.counts().values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(ROWS);
    assertThat(cancelled.count(EntryState.CANCELLED)).isPositive();
    assertThat(admin.team().open()).isEmpty();
    assertThat(admin.upgrades().resumable()).extracting(RunRecord::id).containsExactly(run);

    // One console alone goes on with what is left, as with a run of its own.
    RunProgress resumed = admin.upgrades().resume(run, OPTIONS).await();
    assertThat(resumed.state()).isEqualTo(RunState.COMPLETED);
    assertThat(admin.upgrades().run(run).orElseThrow().counts())
        .containsExactly(Map.entry(EntryState.UPGRADED, ROWS));
    everyRowIsWrittenOnce();
  }

  @Test
  void whatTheAgentWroteMeanwhileStays() throws Exception {
    Console one =
        console(
            LONG,
            entry ->
                table.execute(
                    "UPDATE memories SET metadata = '{\"count\": 9}' WHERE id = '"
                        + entry.id()
                        + "'"));
    long run = share(one);
    one.upgrades().work(run, OPTIONS).await();
    assertThat(table.metadata()).allSatisfy((_, json) -> assertThat(json).contains("\"count\":9"));
  }

  @Test
  void aSecondRunAnotherModelAndUnknownRunsAreRefused() {
    Console one = console(LONG);
    long run = share(one);
    assertThatThrownBy(() -> share(one))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("Run " + run);
    Console simple =
        Console.open(
            table.url(), folder.resolve("simple.db"), Enrichers.of(new SimpleEnricher()), LONG);
    consoles.add(simple);
    assertThatThrownBy(() -> simple.upgrades().work(run, OPTIONS))
        .isInstanceOf(UpgradeException.class)
        .hasMessageContaining("llm:m")
        .hasMessageContaining("simple");
    assertThatThrownBy(() -> one.upgrades().work(run + 1, OPTIONS))
        .isInstanceOf(UpgradeException.class);
    assertThat(one.team().find(run).orElseThrow().workers()).isEmpty();
  }
}
