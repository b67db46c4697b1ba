package dev.memoryconsole.upgrade.mend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Doubles;
import dev.memoryconsole.testing.Sql;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.VerifyReport;
import dev.memoryconsole.upgrade.VerifyTestBase;
import dev.memoryconsole.upgrade.WriteFate;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent writes at the moments that matter to a deletion and to its undo. */
@Timeout(60)
@Tag("slow")
class DeleteBesideAgentTest extends VerifyTestBase {
  private RunProgress delete(Upgrades by, List<String> ids) throws Exception {
    return by.mend(MendPreview.ofDeletion(store, ids, looked -> {}).mends(), OPTIONS).await();
  }

  /** Writes as an agent after each look at the whole rows, before the lock is taken. */
  private Upgrades afterEachForesight(String sql, int times) throws Exception {
    upgrades.close();
    store = SqliteStore.open(file());
    AtomicInteger looked = new AtomicInteger();
    MemoryStore between =
        Doubles.like(
            MemoryStore.class,
            store,
            (proxy, method, arguments) -> {
              Object result = Doubles.handOn(store, method, arguments);
              if (method.getName().equals("foresee") && looked.getAndIncrement() < times) {
                executeAsAgent(sql);
              }
              return result;
            });
    return service(between, folder, Clock.systemUTC());
  }

  @Test
  void whatComesBackIsTheRowAsItWasAtThatMoment() throws Exception {
    addLegacy(2);
    try (Upgrades by =
        afterEachForesight("UPDATE memories SET vector = randomblob(8) WHERE id = 'm0'", 3)) {
      RunProgress end = delete(by, List.of("m0", "m1"));
      assertThat(end.count(EntryState.DELETED)).isEqualTo(2);
      // The journal has the vector that nobody but the agent and the last look have seen.
      String kept =
          Sql.value(
              folder.resolve("journal.db"),
              "SELECT hex(row_before) FROM results ORDER BY entry LIMIT 1");
      by.undo(end.run(), List.of(), OPTIONS).await();
      assertThat(kept).contains(Sql.value(file(), "SELECT hex(vector) FROM memories"));
    }
  }

  @Test
  void whatChangesEachTimeIsNotDeleted() throws Exception {
    addLegacy(2);
    try (Upgrades by =
        afterEachForesight("UPDATE memories SET vector = randomblob(8) WHERE id = 'm0'", 1_000)) {
      RunProgress end = delete(by, List.of("m0", "m1"));
      assertThat(end.state()).isEqualTo(RunState.COMPLETED);
      assertThat(end.count(EntryState.DELETED)).isEqualTo(1);
      assertThat(by.entries(end.run(), Set.of(EntryState.FAILED), 0, 9))
          .singleElement()
          .matches(entry -> entry.reason().contains("try again"));
      assertThat(store.find(List.of("m0"))).hasSize(1);
    }
  }

  /** What was seen is another text by then. */
  @Test
  void whatAnAgentRewritesBeforeTheLockStays() throws Exception {
    addLegacy(2);
    try (Upgrades by =
        afterEachForesight("UPDATE memories SET text = 'Newer.' WHERE id = 'm0'", 1)) {
      RunProgress end = delete(by, List.of("m0", "m1"));
      assertThat(end.count(EntryState.DELETED)).isEqualTo(1);
      assertThat(end.count(EntryState.SKIPPED)).isEqualTo(1);
      assertThat(store.find(List.of("m0")).getFirst().text()).isEqualTo("Newer.");
    }
  }

  @Test
  void whatIsWrittenBackStaysAndIsTold() throws Exception {
    List<String> ids = addLegacy(3);
    settling.other(
        commit -> {
          if (commit == 1) {
            executeAsAgent("INSERT INTO memories (id, text) VALUES ('m1', 'an older copy')");
          }
        });
    RunProgress end = delete(upgrades, ids);
    assertThat(end.state()).isEqualTo(RunState.COMPLETED);
    assertThat(end.verification()).isEqualTo(Verification.VERIFIED);
    assertThat(end.count(EntryState.DELETED)).isEqualTo(3);
    assertThat(end.reapplied()).isZero();
    VerifyReport report = upgrades.verify(end.run());
    assertThat(report.checked()).isEqualTo(3);
    assertThat(report.findings())
        .singleElement()
        .matches(lost -> lost.id().equals("m1") && lost.fate() == WriteFate.RETURNED);
    assertThat(report.runsToReapply()).isEmpty();
    assertThat(row("m1").text()).isEqualTo("an older copy");
  }

  @Test
  void whatAnAgentDeletesAfterAnUndoIsNotPutBackOnceMore() throws Exception {
    List<String> ids = addLegacy(2);
    RunProgress end = delete(upgrades, ids);
    settling.other(
        commit -> {
          if (commit >= 2 && store.find(List.of("m0")).size() == 1) {
            executeAsAgent("DELETE FROM memories WHERE id = 'm0'");
          }
        });
    RunProgress undone = upgrades.undo(end.run(), List.of(), OPTIONS).await();
    assertThat(undone.state()).isEqualTo(RunState.COMPLETED);
    assertThat(undone.count(EntryState.UNDONE)).isEqualTo(2);
    assertThat(store.find(ids)).extracting(row -> row.id()).containsExactly("m1");
  }
}
