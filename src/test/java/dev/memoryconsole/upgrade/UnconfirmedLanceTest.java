package dev.memoryconsole.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.lock.LockCompromisedException;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.OutcomeUnknownException;
import dev.memoryconsole.store.Restorable;
import dev.memoryconsole.store.RestoreGuard;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.lance.FailingLock;
import dev.memoryconsole.store.lance.FailingLock.Point;
import dev.memoryconsole.store.lance.LanceStore;
import dev.memoryconsole.store.lance.PluginTable;
import dev.memoryconsole.testing.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lance.Dataset;

/**
 * Something fails around Lance's commit: whether rows were written is told by the rows alone, by
 * the marker that they carry.
 */
@Tag("slow")
class UnconfirmedLanceTest {
  private static final EntryQuery LEGACY = EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY));
  private static final UpgradeOptions OPTIONS =
      UpgradeOptions.DEFAULT.withSnapshot(false).withBatchSize(4);

  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void copy() throws IOException {
    root = PluginTable.copyOfReal(folder.resolve("lancedb-pro"));
  }

  private Upgrades upgrades(FailingLock.Fault fault) {
    return Services.upgrades(
        LanceStore.open(root, FailingLock.options(fault)), folder.resolve("journal.db"));
  }

  private long version() {
    try (PluginTable plugin = PluginTable.of(root);
        Dataset dataset = plugin.open()) {
      return dataset.version();
    }
  }

  private static RuntimeException failure(String kind) {
    return switch (kind) {
      case "COMPROMISED" ->
          new LockCompromisedException(Message.verbatim("The lock is not ours any more."));
      case "LOCK" -> new LockException(Message.verbatim("The lock can't be seen."));
      default -> new IllegalStateException("Something broke.");
    };
  }

  @ParameterizedTest
  @CsvSource({
    "AFTER, COMPROMISED",
    "AFTER, LOCK",
    "AFTER, OTHER",
    "RELEASE, LOCK",
    "RELEASE, OTHER",
    "BEFORE, COMPROMISED"
  })
  void whatWasCommittedIsUpgradedOnceAndCanBeUndone(Point point, String kind) throws Exception {
    AtomicInteger passed = new AtomicInteger();
    try (Upgrades upgrades =
        upgrades(
            at -> {
              if (at == point && passed.getAndIncrement() == 0) {
                throw failure(kind);
              }
            })) {
      List<String> ids = upgrades.store().ids(LEGACY, 8);
      List<MemoryEntry> before = upgrades.store().find(ids);
      long version = version();
      RunProgress run = upgrades.upgrade(ids, OPTIONS).await();
      assertThat(passed).hasPositiveValue();
      assertThat(run.state()).isEqualTo(RunState.COMPLETED);
      assertThat(run.count(EntryState.UPGRADED)).isEqualTo(8);
      // Nothing was written twice.
      assertThat(version()).isEqualTo(version + 2);
      assertThat(upgrades.undo(run.run(), List.of(), OPTIONS).await().count(EntryState.UNDONE))
          .isEqualTo(8);
      assertThat(upgrades.store().find(ids)).containsExactlyInAnyOrderElementsOf(before);
    }
  }

  /** No marker tells of a row that is gone: it is, and the journal has it. */
  @ParameterizedTest
  @CsvSource({"AFTER, OTHER", "RELEASE, LOCK", "BEFORE, COMPROMISED"})
  void whatWasDeletedIsPutBackWhateverWasSaidOfIt(Point point, String kind) throws Exception {
    // Again and again, also when the rows of a doubtful commit are looked at alone; then once.
    AtomicInteger until = new AtomicInteger(1);
    AtomicBoolean often = new AtomicBoolean(true);
    FailingLock.Fault faults =
        at -> {
          if (at == point && until.decrementAndGet() == 0) {
            until.set(often.get() ? 3 : 0);
            throw failure(kind);
          }
        };
    try (PluginTable plugin = PluginTable.of(root);
        Upgrades upgrades = upgrades(faults)) {
      Map<String, String> before = plugin.allButMetadata();
      List<String> ids = upgrades.store().ids(LEGACY, 8);
      RunProgress run =
          upgrades
              .mend(MendPreview.ofDeletion(upgrades.store(), ids, looked -> {}).mends(), OPTIONS)
              .await();
      assertThat(run.state()).isEqualTo(RunState.COMPLETED);
      assertThat(run.count(EntryState.DELETED)).isEqualTo(8);
      assertThat(upgrades.store().find(ids)).isEmpty();
      // Two batches look whether the rows are gone, the third puts some back.
      often.set(false);
      until.set(point == Point.BEFORE ? 1 : 3);
      assertThat(upgrades.undo(run.run(), List.of(), OPTIONS).await().count(EntryState.UNDONE))
          .isEqualTo(8);
      assertThat(until).hasNonPositiveValue();
      assertThat(plugin.allButMetadata()).isEqualTo(before);
    }
  }

  @Test
  void whatCouldNotBeSentIsUntouchedAndAskedForAgain() throws Exception {
    try (Upgrades upgrades =
        upgrades(
            at -> {
              if (at == Point.BEFORE) {
                throw failure("LOCK");
              }
            })) {
      List<String> ids = upgrades.store().ids(LEGACY, 8);
      List<MemoryEntry> before = upgrades.store().find(ids);
      long version = version();
      RunProgress run = upgrades.upgrade(ids, OPTIONS).await();
      assertThat(run.state()).isEqualTo(RunState.INTERRUPTED);
      assertThat(run.count(EntryState.UPGRADED)).isZero();
      assertThat(upgrades.store().find(ids)).isEqualTo(before);
      assertThat(version()).isEqualTo(version);
    }
    try (Upgrades upgrades = upgrades(at -> {})) {
      RunProgress resumed = upgrades.resume(1, OPTIONS).await();
      assertThat(resumed.state()).isEqualTo(RunState.COMPLETED);
      assertThat(resumed.count(EntryState.UPGRADED)).isEqualTo(8);
    }
  }

  /** Lance itself fails in the middle of its commit, because its folder can't be written to. */
  @Test
  void aCommitThatFailsInTheMiddleIsToldByTheRows() throws Exception {
    Path data = root.resolve("memories.lance/data");
    Path away = folder.resolve("away");
    AtomicInteger broken = new AtomicInteger();
    try (Upgrades upgrades =
        upgrades(
            at -> {
              try {
                if (at == Point.BEFORE && broken.getAndIncrement() == 0) {
                  Files.move(data, away);
                  Files.createFile(data);
                } else if (at == Point.RELEASE && Files.exists(away)) {
                  Files.delete(data);
                  Files.move(away, data);
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })) {
      // One batch: another one that is prepared meanwhile may find the folder gone as well.
      List<String> ids = upgrades.store().ids(LEGACY, 4);
      long version = version();
      RunProgress run = upgrades.upgrade(ids, OPTIONS).await();
      assertThat(broken).hasValue(2);
      assertThat(run.state()).isEqualTo(RunState.COMPLETED);
      assertThat(run.count(EntryState.UPGRADED)).isEqualTo(4);
      // No row twice.
      assertThat(version()).isEqualTo(version + 1);
    }
  }

  @Test
  void aRestoreThatTookEffectIsNeverDoneTwiceOverItsSafetyCopy() throws Exception {
    Path snapshot = folder.resolve("snapshot");
    Path safety = folder.resolve("safety");
    try (Upgrades upgrades =
        upgrades(
            at -> {
              if (at == Point.AFTER && Files.exists(safety)) {
                throw failure("COMPROMISED");
              }
            })) {
      Restorable.of(upgrades.store()).snapshotTo(snapshot, SnapshotProgress.NONE);
      List<String> ids = upgrades.store().ids(LEGACY, 4);
      List<MemoryEntry> legacy = upgrades.store().find(ids);
      assertThat(upgrades.upgrade(ids, OPTIONS).await().count(EntryState.UPGRADED)).isEqualTo(4);
      List<MemoryEntry> upgraded = upgrades.store().find(ids);
      assertThatThrownBy(
              () ->
                  Restorable.of(upgrades.store())
                      .restoreFrom(snapshot, safety, RestoreGuard.NONE, SnapshotProgress.NONE))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining(safety.toString());
      assertThat(upgrades.store().find(ids)).isEqualTo(legacy);
      Path second = folder.resolve("second");
      Files.move(safety, second);
      Restorable.of(upgrades.store())
          .restoreFrom(second, folder.resolve("before"), RestoreGuard.NONE, SnapshotProgress.NONE);
      assertThat(upgrades.store().find(ids)).isEqualTo(upgraded);
    }
  }
}
