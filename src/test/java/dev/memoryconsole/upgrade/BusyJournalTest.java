package dev.memoryconsole.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.PatchReport;
import dev.memoryconsole.testing.Doubles;
import dev.memoryconsole.testing.Services;
import dev.memoryconsole.testing.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Somebody else writes to the journal while a batch holds the store's lock. */
class BusyJournalTest extends UpgradeTestBase {

  @Test
  void aBatchLetsGoOfTheStoresLockInsteadOfWaitingForTheJournal() throws Exception {
    Path busy = folder.resolve("busy.db");
    new SqliteJournal(busy).close();
    open();
    List<String> ids = addLegacy(10);
    AtomicInteger held = new AtomicInteger();
    MemoryStore holding =
        withPatch(
            store,
            (rows, work, purpose) -> {
              if (held.get() < 3) {
                // Announced by now: inside the lock it must be announced anew.
                executeAsAgent(
                    "UPDATE memories SET metadata = json_set(metadata, '$.agent', "
                        + held.incrementAndGet()
                        + ") WHERE id = 'm3'");
                // Held until the batch has answered: who waits for it here waits for ever.
                try (Connection _ = Sql.hold(busy)) {
                  return store.patch(rows, work, purpose);
                }
              }
              return store.patch(rows, work, purpose);
            });
    try (Upgrades upgrades = Services.upgrades(holding, busy)) {
      RunHandle run = upgrades.upgrade(ids, PLAIN.withBatchSize(10));
      RunProgress end = run.await();
      assertThat(run.problem()).isEmpty();
      assertThat(end.state()).isEqualTo(RunState.COMPLETED);
      assertThat(end.count(EntryState.UPGRADED)).isEqualTo(10);
      assertThat(row("m3").metadata()).contains("\"agent\":3").contains("upgraded_at");
      assertThat(store.lockMetrics().events(0, Long.MAX_VALUE / 1_000))
          .filteredOn(event -> event.purpose().run() == run.id())
          .extracting(LockAcquisition::outcome)
          .as("three times let go, then written")
          .containsExactly(
              LockAcquisition.Outcome.ROLLED_BACK,
              LockAcquisition.Outcome.ROLLED_BACK,
              LockAcquisition.Outcome.ROLLED_BACK,
              LockAcquisition.Outcome.RELEASED);
    }
  }

  private interface Patching {
    PatchReport patch(List<String> ids, BatchPatch patch, LockPurpose purpose) throws Exception;
  }

  @SuppressWarnings("unchecked")
  private static MemoryStore withPatch(MemoryStore store, Patching patching) {
    return Doubles.like(
        MemoryStore.class,
        store,
        (_, method, arguments) -> {
          if (method.getName().equals("patch")) {
            return patching.patch(
                (List<String>) arguments[0], (BatchPatch) arguments[1], (LockPurpose) arguments[2]);
          }
          return Doubles.handOn(store, method, arguments);
        });
  }
}
