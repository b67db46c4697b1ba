package dev.memoryconsole.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("slow")
class VerifyPhaseTest {
  // So that a run is still verifying when the test has seen that it is.
  private static final Duration LONG = Duration.ofSeconds(2);
  private static final Duration SHORT = Duration.ofMillis(60);
  private static final UpgradeOptions OPTIONS = UpgradeOptions.DEFAULT.withBatchSize(10);
  private static final String STALE = "{\"note\":\"from the agent\"}";

  @TempDir Path folder;
  private SqliteStore real;
  private SettlingStore settling;
  private Upgrades upgrades;

  @BeforeEach
  void open() {
    real = SqliteStore.create(folder.resolve("store.db"));
    settling = new SettlingStore(real, SHORT);
    upgrades = service(settling.store(), folder, Clock.systemUTC());
  }

  private static Upgrades service(MemoryStore store, Path folder, Clock clock) {
    return new UpgradeService(
        store,
        new SqliteJournal(folder.resolve("journal.db")),
        Enrichers.of(new SimpleEnricher()),
        SnapshotTaker.NONE,
        clock);
  }

  @AfterEach
  void close() {
    upgrades.close();
  }

  private List<String> addLegacy(int count) throws InterruptedException {
    List<MemoryEntry> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(Entries.entry("m" + i, "Memory number " + i + ".", "{}"));
    }
    real.insert(rows, ExistingRows.SKIP);
    return rows.stream().map(MemoryEntry::id).toList();
  }

  /** As the plugin's patch does that read the row before the upgrade. */
  private void execute(String sql, String... values) throws SQLException {
    try (Connection agent = DriverManager.getConnection("jdbc:sqlite:" + real.location());
        PreparedStatement statement = agent.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private void writeOldCopyBack(String id) throws SQLException {
    execute("UPDATE memories SET metadata = ? WHERE id = ?", STALE, id);
  }

  private MemoryEntry row(String id) {
    return real.find(List.of(id)).getFirst();
  }

  private boolean isUpgraded(String id) {
    return LegacyRule.stateOf(row(id)) == MemoryState.UPGRADED;
  }

  private RunRecord record(long run) {
    return upgrades.run(run).orElseThrow();
  }

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
    assertThat(run.outcomesFrom(25)).extracting(EntryOutcome::id).containsExactly("m1", "m24");
    assertThat(run.outcomesFrom(25)).allMatch(outcome -> outcome.reapplied() == 1);
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
      execute(
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

  private static void execute(Path database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }

  @Test
  void aRowThatIsDeletedDoesNotKeepTheRunFromItsEnd() throws Exception {
    List<String> ids = addLegacy(2);
    settling.other(
        commit -> {
          if (commit == 1) {
            execute("DELETE FROM memories WHERE id = ?", "m0");
          }
        });
    assertThat(upgrades.upgrade(ids, OPTIONS).await().state()).isEqualTo(RunState.COMPLETED);
    assertThat(isUpgraded("m1")).isTrue();
    assertThat(upgrades.verify(null).count(WriteFate.MISSING)).isOne();
  }

  @Test
  void aLaterLookFindsWhatWasOverwrittenSinceAndItIsReapplied() throws Exception {
    List<String> ids = addLegacy(4);
    RunHandle run = upgrades.upgrade(ids, OPTIONS);
    run.await();
    assertThat(upgrades.verify(null).findings()).isEmpty();
    writeOldCopyBack("m1");
    execute("UPDATE memories SET text = 'Another.', metadata = '{}' WHERE id = ?", "m2");
    execute("DELETE FROM memories WHERE id = ?", "m3");
    VerifyReport report = upgrades.verifyUnsettled();
    assertThat(report.checked()).isEqualTo(4);
    assertThat(report.count(WriteFate.IN_PLACE)).isOne();
    assertThat(report.findings())
        .extracting(VerifyReport.Lost::id, VerifyReport.Lost::fate)
        .containsExactly(
            tuple("m1", WriteFate.OVERWRITTEN),
            tuple("m2", WriteFate.REWRITTEN),
            tuple("m3", WriteFate.MISSING));
    assertThat(report.runsToReapply()).containsExactly(run.id());
    RunProgress end = upgrades.reapply(run.id(), OPTIONS).await();
    assertThat(end.state()).isEqualTo(RunState.COMPLETED);
    assertThat(end.reapplied()).isOne();
    assertThat(isUpgraded("m1")).isTrue();
    assertThat(row("m2").metadata()).isEqualTo("{}");
    assertThat(upgrades.verify(run.id()).count(WriteFate.OVERWRITTEN)).isZero();
  }

  @Test
  void aRunFoundInPlaceWhenNoWriteCanBeWaitingIsSettled() throws Exception {
    RunHandle run = upgrades.upgrade(addLegacy(1), OPTIONS);
    run.await();
    upgrades.verifyUnsettled();
    assertThat(record(run.id()).verification()).isEqualTo(Verification.VERIFIED);
    upgrades.close();
    Clock later = Clock.fixed(Instant.now().plusSeconds(300), ZoneOffset.UTC);
    upgrades = service(SqliteStore.open(folder.resolve("store.db")), folder, later);
    assertThat(upgrades.verifyUnsettled().checked()).isOne();
    assertThat(record(run.id()).verification()).isEqualTo(Verification.SETTLED);
    assertThat(upgrades.verifyUnsettled().checked()).isZero();
  }

  /** All of it by what the journal keeps: each look is another process's. */
  @Test
  void whatWasVerifiedIsDueAgainAfterHalfAMinuteAndFourMinutes() throws Exception {
    RunHandle run = upgrades.upgrade(addLegacy(3), OPTIONS);
    run.await();
    assertThat(upgrades.laterLooks()).containsOnlyKeys(run.id());
    assertThat(upgrades.laterLooks().get(run.id())).isBetween(20_000L, 30_000L);
    Instant end = Instant.ofEpochMilli(Objects.requireNonNull(record(run.id()).finishedAt()));
    reopenedAt(end.plusSeconds(31));
    assertThat(upgrades.laterLooks()).containsExactly(Map.entry(run.id(), 209_000L));
    writeOldCopyBack("m0");
    execute("DELETE FROM memories WHERE id = ?", "m1");
    execute("UPDATE memories SET text = 'Another.', metadata = '{}' WHERE id = ?", "m2");
    assertThat(upgrades.verify(run.id()).runsToReapply()).containsExactly(run.id());
    assertThat(upgrades.active()).isEmpty();
    reopenedAt(end.plusSeconds(241));
    assertThat(upgrades.laterLooks()).isEmpty();
    upgrades.verifyUnsettled();
    assertThat(record(run.id()).verification()).isEqualTo(Verification.VERIFIED);
    upgrades.reapply(run.id(), OPTIONS).await();
    assertThat(isUpgraded("m0")).isTrue();
    assertThat(upgrades.laterLooks()).containsExactly(Map.entry(run.id(), 30_000L));
    reopenedAt(end.plusSeconds(241 + 240));
    upgrades.verifyUnsettled();
    // What was deleted or rewritten since can't be overwritten with an older copy any more.
    assertThat(record(run.id()).verification()).isEqualTo(Verification.SETTLED);
  }

  private void reopenedAt(Instant now) {
    upgrades.close();
    real = SqliteStore.open(folder.resolve("store.db"));
    settling = new SettlingStore(real, SHORT);
    upgrades = service(settling.store(), folder, Clock.fixed(now, ZoneOffset.UTC));
  }

  /** Its own program has the last word: an upgrade is not laid over a newer form. */
  @Test
  void whatWasWrittenInTheNewFormSinceIsNotReapplied() throws Exception {
    RunHandle run = upgrades.upgrade(addLegacy(1), OPTIONS);
    run.await();
    String theirs =
        "{\"memory_category\":\"events\",\"source\":\"manual\",\"l0_abstract\":\"Mine.\"}";
    execute("UPDATE memories SET metadata = ? WHERE id = ?", theirs, "m0");
    assertThat(upgrades.verify(run.id()).runsToReapply()).isEmpty();
    upgrades.reapply(run.id(), OPTIONS).await();
    assertThat(row("m0").metadata()).isEqualTo(theirs);
  }

  /** A restore took back what it wrote, and means it. */
  @Test
  void whatARestoreTookBackIsNotReapplied() throws Exception {
    List<String> ids = addLegacy(2);
    Path snapshot = folder.resolve("snapshot.db");
    real.snapshotTo(snapshot, SnapshotProgress.NONE);
    RunHandle run = upgrades.upgrade(ids, OPTIONS);
    run.await();
    upgrades.restore(
        new RestorePlan(snapshot, "before", folder.resolve("safety.db"), "safety"),
        SnapshotProgress.NONE);
    assertThat(isUpgraded("m1")).isFalse();
    writeOldCopyBack("m0");
    assertThat(record(run.id()).verification()).isEqualTo(Verification.ENDED);
    assertThat(upgrades.verify(null).findings()).isEmpty();
    assertThat(upgrades.verifyUnsettled().checked()).isZero();
    upgrades.reapply(run.id(), OPTIONS).await();
    assertThat(row("m0").metadata()).isEqualTo(STALE);
    assertThat(isUpgraded("m1")).isFalse();
    RunHandle later = upgrades.upgrade(List.of("m0"), OPTIONS);
    later.await();
    writeOldCopyBack("m0");
    assertThat(upgrades.verify(null).runsToReapply()).containsExactly(later.id());
  }

  @Test
  void aStoreWhereNobodyWritesOldCopiesBackIsNotLookedAtAgain() throws Exception {
    upgrades.close();
    real = SqliteStore.open(folder.resolve("store.db"));
    upgrades = service(real, folder, Clock.systemUTC());
    RunHandle run = upgrades.upgrade(addLegacy(1), OPTIONS);
    RunProgress end = run.await();
    assertThat(end.verification()).isEqualTo(Verification.NONE);
    writeOldCopyBack("m0");
    // On demand it is.
    assertThat(upgrades.verify(run.id()).count(WriteFate.OVERWRITTEN)).isOne();
    upgrades.reapply(run.id(), OPTIONS).await();
    assertThat(isUpgraded("m0")).isTrue();
  }

  private String upgradedCopyOf(String id) {
    ObjectNode copy = MetadataJson.objectOrEmpty(row(id).metadata());
    return copy.put("note", "from the agent").toString();
  }

  @Test
  void anUndoThatAnOlderCopyUndidIsTakenBackAgain() throws Exception {
    List<String> ids = addLegacy(2);
    RunHandle run = upgrades.upgrade(ids, OPTIONS);
    run.await();
    String copy = upgradedCopyOf("m0");
    settling.other(
        commit -> {
          if ("{}".equals(row("m0").metadata())) {
            execute("UPDATE memories SET metadata = ? WHERE id = ?", copy, "m0");
          }
        });
    RunHandle undo = upgrades.undo(run.id(), List.of(), OPTIONS);
    RunProgress end = undo.await();
    assertThat(end.state()).isEqualTo(RunState.COMPLETED);
    assertThat(end.verification()).isEqualTo(Verification.VERIFIED);
    assertThat(end.count(EntryState.UNDONE)).isEqualTo(2);
    assertThat(end.reapplied()).isOne();
    assertThat(row("m0").metadata()).isEqualTo(STALE);
    assertThat(row("m1").metadata()).isEqualTo("{}");
    assertThat(upgrades.entries(undo.id(), Set.of(), 0, 1).getFirst())
        .matches(entry -> entry.reapplied() == 1 && entry.reason().contains("taken back again"));
  }

  @Test
  void aLaterLookFindsAnUndoThatWasOverwrittenSinceAndItIsTakenBackAgain() throws Exception {
    List<String> ids = addLegacy(2);
    RunHandle run = upgrades.upgrade(ids, OPTIONS);
    run.await();
    String copy = upgradedCopyOf("m0");
    RunHandle undo = upgrades.undo(run.id(), List.of(), OPTIONS);
    undo.await();
    assertThat(upgrades.verifyUnsettled().findings()).isEmpty();
    execute("UPDATE memories SET metadata = ? WHERE id = ?", copy, "m0");
    VerifyReport report = upgrades.verifyUnsettled();
    assertThat(report.findings())
        .extracting(VerifyReport.Lost::run, VerifyReport.Lost::id, VerifyReport.Lost::fate)
        .containsExactly(tuple(undo.id(), "m0", WriteFate.OVERWRITTEN));
    assertThat(upgrades.reapply(undo.id(), OPTIONS).await().reapplied()).isOne();
    assertThat(row("m0").metadata()).isEqualTo(STALE);
    assertThat(upgrades.verify(null).findings()).isEmpty();
  }

  @Test
  void whatAnAgentWritesAfterAnUndoIsItsOwnEvenIfTheUpgradeHadWrittenTheSame() throws Exception {
    List<String> ids = addLegacy(1);
    RunHandle run = upgrades.upgrade(ids, OPTIONS);
    run.await();
    upgrades.undo(run.id(), List.of(), OPTIONS).await();
    String stamped = "{\"memory_category\":\"cases\",\"tier\":\"working\"}";
    execute("UPDATE memories SET metadata = ? WHERE id = ?", stamped, "m0");
    assertThat(upgrades.verify(null).findings()).isEmpty();
    assertThat(row("m0").metadata()).isEqualTo(stamped);
  }

  @Test
  void anUpgradeThatWasTakenBackAndBroughtBackOnPurposeStays() throws Exception {
    List<String> ids = addLegacy(1);
    RunHandle run = upgrades.upgrade(ids, OPTIONS);
    run.await();
    RunHandle undo = upgrades.undo(run.id(), List.of(), OPTIONS);
    undo.await();
    upgrades.undo(undo.id(), List.of(), OPTIONS).await();
    assertThat(isUpgraded("m0")).isTrue();
    assertThat(upgrades.verify(null).findings()).isEmpty();
  }
}
