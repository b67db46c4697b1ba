package dev.memoryconsole.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.journal.RunInProgressException;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunRecord.Restore;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.testing.Sql;
import dev.memoryconsole.upgrade.UpgradeException;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore is a run of the journal, among other runs and other processes. */
@Tag("slow")
class RestoreRunTest {
  private static final UpgradeOptions OPTIONS = UpgradeOptions.DEFAULT;

  @TempDir private Path folder;
  private Snapshots snapshots;
  private Snapshot legacy;
  private Upgrades upgrades;

  @BeforeEach
  void upgradeOneMemory() throws Exception {
    snapshots = RestoringProcess.snapshots(folder);
    try (SqliteStore store = SqliteStore.create(folder.resolve("store.db"))) {
      store.insert(List.of(Entries.entry("a", "Text.", "{}")), ExistingRows.SKIP);
    }
    upgrades = RestoringProcess.open(folder);
    legacy = snapshots.take(upgrades.store(), 0, SnapshotProgress.NONE);
    upgrades.upgrade(List.of("a"), OPTIONS).await();
    assertThat(isUpgraded()).isTrue();
  }

  @AfterEach
  void close() {
    upgrades.close();
  }

  private boolean isUpgraded() {
    return String.valueOf(upgrades.store().find(List.of("a")).getFirst().metadata())
        .contains("upgraded_at");
  }

  private RunRecord newest() {
    return upgrades.runs(1).getFirst();
  }

  private void cantBeLaidOverTheRestoredStore() throws Exception {
    assertThat(isUpgraded()).isFalse();
    assertThat(upgrades.verify(null).findings()).isEmpty();
    assertThat(upgrades.verify(1L).runsToReapply()).isEmpty();
    upgrades.reapply(1, OPTIONS).await();
    assertThat(isUpgraded()).isFalse();
  }

  private static void refuses(ThrowingCallable deed, String... words) {
    assertThatThrownBy(deed)
        .isInstanceOf(UpgradeException.class)
        .hasMessageContainingAll(words)
        .hasMessageContaining("nothing was started");
  }

  @Test
  void aRestoreIsARunThatOnlyItsSafetyCopyTakesBack() throws Exception {
    Snapshot safety = snapshots.restore(upgrades, legacy, SnapshotProgress.NONE);
    RunRecord run = newest();
    assertThat(run.kind()).isEqualTo(RunKind.RESTORE);
    assertThat(run.state()).isEqualTo(RunState.COMPLETED);
    assertThat(run.restore()).isEqualTo(new Restore(legacy.name(), safety.name()));
    assertThat(run.finishedAt()).isNotNull();
    assertThat(run.isResumable()).isFalse();
    assertThat(upgrades.entries(run.id(), Set.of(), 0, 9)).isEmpty();
    String[] words = {"Run 2 is a restore of the snapshot " + legacy.name(), safety.name()};
    refuses(() -> upgrades.undo(2, List.of(), OPTIONS), words);
    refuses(() -> upgrades.resume(2, OPTIONS), words);
    refuses(() -> upgrades.retry(2, OPTIONS), words);
    refuses(() -> upgrades.reapply(2, OPTIONS), words);
    cantBeLaidOverTheRestoredStore();
    snapshots.restore(upgrades, safety, SnapshotProgress.NONE);
    assertThat(isUpgraded()).isTrue();
  }

  @Test
  void aRestoreThatFailsIsToldAndEndsNothing() throws Exception {
    Files.writeString(legacy.file(), "no store");
    assertThatThrownBy(() -> snapshots.restore(upgrades, legacy, SnapshotProgress.NONE))
        .isInstanceOf(StoreException.class);
    assertThat(newest().state()).isEqualTo(RunState.INTERRUPTED);
    assertThat(newest().restore()).isEqualTo(new Restore(legacy.name(), null));
    refuses(() -> upgrades.resume(2, OPTIONS), "Run 2 was to restore", "changed nothing");
    assertThat(snapshots.list(upgrades.store().location()))
        .extracting(Snapshot::name)
        .containsExactly(legacy.name());
    // What the upgrade wrote is looked after, as before.
    Sql.run(folder.resolve("store.db"), "UPDATE memories SET metadata = '{}'");
    assertThat(upgrades.verify(null).runsToReapply()).containsExactly(1L);
  }

  @Test
  void aRestoreThatIsCancelledIsToldAsSuch() {
    assertThatThrownBy(
            () ->
                snapshots.restore(
                    upgrades, legacy, (done, total) -> Thread.currentThread().interrupt()))
        .isInstanceOf(InterruptedException.class);
    assertThat(newest().state()).isEqualTo(RunState.CANCELLED);
    assertThat(newest().restore()).isEqualTo(new Restore(legacy.name(), null));
    assertThat(isUpgraded()).isTrue();
  }

  @Test
  void closingGivesUpARestoreThatHasNotTakenEffect() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                snapshots.restore(
                    upgrades,
                    legacy,
                    (done, total) -> {
                      begun.countDown();
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException closed) {
                        Thread.currentThread().interrupt();
                      }
                    });
                end.complete(new AssertionError("It was restored."));
              } catch (InterruptedException | RuntimeException e) {
                end.complete(e);
              }
            });
    begun.await();
    upgrades.close();
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    upgrades = RestoringProcess.open(folder);
    assertThat(newest().state()).isEqualTo(RunState.CANCELLED);
    assertThat(isUpgraded()).isTrue();
  }

  @Test
  void noRunBeginsDuringARestoreElsewhereAndOneThatIsKilledChangedNothing() throws Exception {
    try (RestoringProcess other = new RestoringProcess(folder, legacy.name(), 0)) {
      assertThat(other.says()).isEqualTo("stopped");
      assertThat(newest().state()).isEqualTo(RunState.RUNNING);
      assertThatThrownBy(() -> upgrades.upgrade(List.of("a"), OPTIONS))
          .isInstanceOf(RunInProgressException.class)
          .hasMessageContainingAll(
              "Run 2 of this store is restoring a snapshot in another", "process " + other.pid());
      other.kill();
      await().until(() -> newest().state() == RunState.INTERRUPTED);
      assertThat(newest().restore()).isEqualTo(new Restore(legacy.name(), null));
      assertThat(upgrades.resumable()).isEmpty();
      assertThat(isUpgraded()).isTrue();
      upgrades.undo(1, List.of(), OPTIONS).await();
      assertThat(isUpgraded()).isFalse();
    }
  }

  @Test
  void aRestoreThatIsKilledBeforeItSaysThatItIsDoneIsInDoubtAndNothingIsLaidOverIt()
      throws Exception {
    try (RestoringProcess other = new RestoringProcess(folder, legacy.name(), 1_000)) {
      assertThat(other.says()).isEqualTo("stopped");
      other.kill();
    }
    await().until(() -> newest().state() == RunState.INTERRUPTED);
    Snapshot safety = snapshots.list(upgrades.store().location()).getFirst();
    assertThat(safety.cause()).isEqualTo(Snapshot.Cause.RESTORE);
    assertThat(newest().restore()).isEqualTo(new Restore(legacy.name(), safety.name()));
    assertThat(upgrades.resumable()).isEmpty();
    refuses(() -> upgrades.undo(2, List.of(), OPTIONS), safety.name());
    cantBeLaidOverTheRestoredStore();
    // Both are kept, however many come since.
    for (int run = 0; run < 5; run++) {
      snapshots.take(upgrades.store(), run, SnapshotProgress.NONE);
    }
    snapshots.restore(upgrades, safety, SnapshotProgress.NONE);
    assertThat(isUpgraded()).isTrue();
  }

  @Test
  void aRestoreThatStoodStillAndWasTakenForDeadChangesNothingMore() throws Exception {
    try (RestoringProcess other = new RestoringProcess(folder, legacy.name(), 0)) {
      assertThat(other.says()).isEqualTo("stopped");
      // As a file system of the network does that has not heard from it for a while.
      try (Stream<Path> lives = Files.list(folder.resolve("journal.db-processes"))) {
        for (Path life : lives.toList()) {
          Files.delete(life);
        }
      }
      upgrades.upgrade(List.of("a"), OPTIONS).await();
      assertThat(newest().id()).isEqualTo(3);
      other.goOn();
      assertThat(other.says()).startsWith("Run 2 was taken over by another Memory Console");
      assertThat(isUpgraded()).isTrue();
      assertThat(upgrades.run(2).orElseThrow().state()).isEqualTo(RunState.INTERRUPTED);
      assertThat(upgrades.store().count(EntryQuery.ALL)).isEqualTo(1);
    }
  }
}
