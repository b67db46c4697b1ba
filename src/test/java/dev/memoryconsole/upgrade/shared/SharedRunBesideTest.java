package dev.memoryconsole.upgrade.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.RunInProgressException;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.VerifyReport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A shared run, and what others start or write beside it. */
class SharedRunBesideTest extends SharedRunTestBase {
  @Test
  void whileItIsAtWorkNoOtherRunIsStarted() throws Exception {
    CountDownLatch atWork = new CountDownLatch(4);
    Console busy =
        console(
            LONG,
            entry -> {
              atWork.countDown();
              new CountDownLatch(1).await();
            });
    long run = share(busy);
    RunHandle part = busy.upgrades().work(run, OPTIONS);
    atWork.await();
    Console other = console(LONG);
    assertThatThrownBy(() -> other.upgrades().upgrade(List.of("row1"), OPTIONS))
        .isInstanceOf(RunInProgressException.class)
        .hasMessageContaining("run " + run);
    assertThatThrownBy(() -> other.upgrades().resume(run, OPTIONS))
        .isInstanceOf(RunInProgressException.class);
    part.cancel();
    part.await();
    assertThat(other.upgrades().upgrade(List.of("row1"), OPTIONS).await().done()).isEqualTo(1);
  }

  @Test
  void twoWhoShareTheFirstRunAtTheSameTimeMakeOne() throws Exception {
    Console one = console(LONG);
    Console other = console(LONG);
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      List<Future<Long>> shared = both.invokeAll(List.of(() -> share(one), () -> share(other)));
      int refused = 0;
      for (Future<Long> each : shared) {
        try {
          assertThat(each.get()).isPositive();
        } catch (ExecutionException e) {
          assertThat(e).hasRootCauseInstanceOf(JournalException.class);
          refused++;
        }
      }
      assertThat(refused).isEqualTo(1);
      assertThat(one.team().open()).hasSize(1);
    }
  }

  @Test
  void whatSomebodyWroteBackIsFoundAndWrittenAgain() throws Exception {
    Console one = console(LONG);
    long run = share(one);
    one.upgrades().work(run, OPTIONS).await();
    table.execute("UPDATE memories SET metadata = '{\"count\": 0}' WHERE id = 'row5'");
    Console other = console(LONG);
    VerifyReport found = other.upgrades().verify(run);
    assertThat(found.runsToReapply()).containsExactly(run);
    other.upgrades().reapply(run, OPTIONS).await();
    assertThat(table.metadata().get("row5")).contains("\"upgraded_by\"");
    RunRecord record = one.upgrades().run(run).orElseThrow();
    assertThat(record.state()).isEqualTo(RunState.COMPLETED);
    assertThat(record.counts()).containsExactly(Map.entry(EntryState.UPGRADED, ROWS));
    assertThat(record.reapplied()).isEqualTo(1);
  }
}
