package dev.memoryconsole.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run looks again at what it wrote before it ends, and writes again what was overwritten. */
@Timeout(60)
@Tag("slow")
class VerifyPhaseTest extends VerifyTestBase {
  // So that a run is still verifying when the test has seen that it is.
  private static final Duration LONG = Duration.ofSeconds(2);

  @Test
  void anOverwrittenUpgradeIsMergedAgainWithTheFreshRow() throws Exception {
    List<String> ids = addLegacy(25);
    settling.other(
        commit -> {
          if (commit == 3) {
            writeOldCopyBack("m1");
            writeOldCopyBack("m24");
          }
        });
    RunHandle run = upgrades.upgrade(ids, OPTIONS);
    RunProgress end = run.await();
    assertThat(end.state()).isEqualTo(RunState.COMPLETED);
    assertThat(end.verification()).isEqualTo(Verification.VERIFIED);
    assertThat(end.done()).isEqualTo(25);
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(25);
    assertThat(end.reapplied()).isEqualTo(2);
    assertThat(ids).allMatch(this::isUpgraded);
    assertThat(MetadataJson.objectOrEmpty(row("m1").metadata()).path("note").asText())
        .isEqualTo("from the agent");
    assertThat(run.outcomes(Set.of(), 25, 100))
        .extracting(EntryOutcome::id)
        .containsExactly("m1", "m24");
    assertThat(run.outcomes(Set.of(), 25, 100)).allMatch(outcome -> outcome.reapplied() == 1);
    assertThat(record(run.id()).reapplied()).isEqualTo(2);
    assertThat(upgrades.entries(run.id(), Set.of(), 1, 1).getFirst())
        .matches(entry -> entry.reapplied() == 1 && entry.reason().contains("re-applied"));
  }

  @Test
  void whatIsOverwrittenAgainIsReappliedAgain() throws Exception {
    List<String> ids = addLegacy(3);
    settling.other(
        commit -> {
          if (commit <= 3) {
            writeOldCopyBack("m0");
          }
        });
    RunHandle run = upgrades.upgrade(ids, OPTIONS);
    assertThat(run.await().state()).isEqualTo(RunState.COMPLETED);
    assertThat(ids).allMatch(this::isUpgraded);
    assertThat(upgrades.entries(run.id(), Set.of(), 0, 1).getFirst().reapplied()).isEqualTo(3);
  }

  @Test
  void anUndoGivesBackWhatTheAgentHadWritten() throws Exception {
    List<String> ids = addLegacy(2);
    settling.other(
        commit -> {
          if (commit == 1) {
            writeOldCopyBack("m0");
          }
        });
    RunHandle run = upgrades.upgrade(ids, OPTIONS);
    run.await();
    upgrades.undo(run.id(), List.of(), OPTIONS).await();
    assertThat(row("m0").metadata()).isEqualTo(STALE);
    assertThat(row("m1").metadata()).isEqualTo("{}");
    assertThat(upgrades.verify(null).findings()).isEmpty();
  }

  @Test
  void aRunThatIsStoppedBeforeItIsVerifiedCanBeResumed() throws Exception {
    List<String> ids = addLegacy(2);
    settling.settleIn(LONG);
    RunHandle run = upgrades.upgrade(ids, OPTIONS);
    await().until(() -> run.progress().activity() instanceof RunActivity.Verifying);
    run.cancel();
    assertThat(run.await().state()).isEqualTo(RunState.CANCELLED);
    assertThat(record(run.id()).isResumable()).isTrue();
    writeOldCopyBack("m1");
    settling.settleIn(SHORT);
    RunProgress end = upgrades.resume(run.id(), OPTIONS).await();
    assertThat(end.state()).isEqualTo(RunState.COMPLETED);
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(2);
    assertThat(end.reapplied()).isOne();
    assertThat(ids).allMatch(this::isUpgraded);
    assertThat(record(run.id()).isResumable()).isFalse();
  }

  @Test
  void nothingIsWrittenAgainWhilePaused() throws Exception {
    List<String> ids = addLegacy(2);
    settling.settleIn(LONG);
    RunHandle run = upgrades.upgrade(ids, OPTIONS);
    await().until(() -> run.progress().activity() instanceof RunActivity.Verifying);
    run.pause();
    await().until(() -> record(run.id()).state() == RunState.PAUSED);
    writeOldCopyBack("m0");
    await().during(Duration.ofMillis(400)).until(() -> !isUpgraded("m0"));
    run.resume();
    assertThat(run.await().state()).isEqualTo(RunState.COMPLETED);
    assertThat(isUpgraded("m0")).isTrue();
  }

  @Test
  void aKillBeforeItIsVerifiedLeavesARunToResume() throws Exception {
    List<String> ids = addLegacy(2);
    settling.settleIn(LONG);
    RunHandle run = upgrades.upgrade(ids, OPTIONS);
    await().until(() -> run.progress().activity() instanceof RunActivity.Verifying);
    run.pause();
    await().until(() -> record(run.id()).state() == RunState.PAUSED);
    writeOldCopyBack("m0");
    // What a kill now would leave behind.
    Path left = copyOfAll();
    try (Upgrades later =
        service(
            new SettlingStore(SqliteStore.open(left.resolve("store.db")), Duration.ofMillis(10))
                .store(),
            left,
            Clock.systemUTC())) {
      // The copy has another path, by which the journal would not know it.
      Sql.run(
          left.resolve("journal.db"), "UPDATE runs SET store = '" + later.store().location() + "'");
      assertThat(later.resumable()).extracting(RunRecord::id).containsExactly(run.id());
      assertThat(later.resume(run.id(), OPTIONS).await().state()).isEqualTo(RunState.COMPLETED);
      assertThat(LegacyRule.stateOf(later.store().find(List.of("m0")).getFirst()))
          .isEqualTo(MemoryState.UPGRADED);
    }
  }

  private Path copyOfAll() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("left"));
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  @Test
  void aRowThatIsDeletedDoesNotKeepTheRunFromItsEnd() throws Exception {
    List<String> ids = addLegacy(2);
    settling.other(
        commit -> {
          if (commit == 1) {
            executeAsAgent("DELETE FROM memories WHERE id = ?", "m0");
          }
        });
    assertThat(upgrades.upgrade(ids, OPTIONS).await().state()).isEqualTo(RunState.COMPLETED);
    assertThat(isUpgraded("m1")).isTrue();
    assertThat(upgrades.verify(null).count(WriteFate.MISSING)).isOne();
  }
}
