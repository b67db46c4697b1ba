package dev.memoryconsole.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.Restorable;
import dev.memoryconsole.store.RestoreGuard;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.batch.RowWrite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How every store that can be restored is copied and brought back. */
public abstract class SnapshotContract extends StoreContract {
  private Path snapshot() throws Exception {
    Path snapshot = Files.createDirectories(folder.resolve("copies")).resolve("snapshot.db");
    Restorable.of(store).snapshotTo(snapshot, SnapshotProgress.NONE);
    return snapshot;
  }

  @Test
  void aRestoredStoreIsAsItWasWhenTheSnapshotWasTaken() throws Exception {
    add(at("kept", 3), at("changed", 2), entry("upgraded", "old text", UPGRADED));
    List<MemoryEntry> before = store.page(EntryQuery.ALL, 0, 10);
    Path snapshot = snapshot();
    write("changed", FALLBACK);
    add(at("added", 9));
    Restorable.of(store)
        .restoreFrom(
            snapshot, snapshot.resolveSibling("before"), RestoreGuard.NONE, SnapshotProgress.NONE);
    assertThat(store.page(EntryQuery.ALL, 0, 10))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("version")
        .isEqualTo(before);
    assertThat(store.stats().upgraded()).isEqualTo(1);
    assertThat(idsOf(EntryQuery.ALL.withWords("old"))).containsExactly("upgraded");
    write("changed", UPGRADED);
    assertThat(only("changed").metadata()).isEqualTo(UPGRADED);
  }

  @Test
  void whoHasTheStoreOpenSeesTheRestoredContent() throws Exception {
    add(at("a", 1));
    Path snapshot = snapshot();
    try (MemoryStore other = openAgain(store)) {
      other.patch(List.of("a"), row -> new RowWrite.Change(row, UPGRADED), PURPOSE);
      assertThat(other.find(List.of("a")).getFirst().metadata()).isEqualTo(UPGRADED);
      Restorable.of(store)
          .restoreFrom(
              snapshot,
              snapshot.resolveSibling("before"),
              RestoreGuard.NONE,
              SnapshotProgress.NONE);
      assertThat(other.find(List.of("a")).getFirst().metadata()).isEqualTo("{}");
      other.patch(List.of("a"), row -> new RowWrite.Change(row, FALLBACK), PURPOSE);
    }
    assertThat(only("a").metadata()).isEqualTo(FALLBACK);
  }

  @Test
  void versionsRiseByARestoreToo() throws Exception {
    assumeTrue(countsVersions(), "this store keeps no versions");
    add(at("a", 1), at("b", 2));
    Path snapshot = snapshot();
    write("a", "{\"n\":1}");
    write("a", "{\"n\":2}");
    add(at("later", 3));
    long a = only("a").version();
    long b = only("b").version();
    long later = only("later").version();
    Restorable.of(store)
        .restoreFrom(
            snapshot, snapshot.resolveSibling("before"), RestoreGuard.NONE, SnapshotProgress.NONE);
    assertThat(only("a").version()).isGreaterThan(a);
    assertThat(only("b").version()).isGreaterThan(b);
    add(at("later", 3));
    assertThat(only("later").version()).isGreaterThan(later);
  }

  @Test
  void aSnapshotTakesNoLockAndARestoreOne() throws Exception {
    add(at("a", 1), at("b", 1));
    long before = store.lockMetrics().summary().acquisitions();
    Path snapshot = snapshot();
    assertThat(store.lockMetrics().summary().acquisitions()).isEqualTo(before);
    LockAcquisition lock =
        Restorable.of(store)
            .restoreFrom(
                snapshot,
                snapshot.resolveSibling("before"),
                RestoreGuard.NONE,
                SnapshotProgress.NONE);
    assertThat(lock.purpose().kind()).isEqualTo(LockPurpose.Kind.RESTORE);
    assertThat(lock.outcome()).isEqualTo(LockAcquisition.Outcome.RELEASED);
    assertThat(lock.rows()).isEqualTo(2);
    assertThat(store.lockMetrics().summary().acquisitions()).isEqualTo(before + 1);
  }

  @Test
  void progressRisesToTheEnd() throws Exception {
    add(at("a", 1));
    List<Long> copied = new ArrayList<>();
    List<Long> totals = new ArrayList<>();
    SnapshotProgress progress =
        (done, total) -> {
          copied.add(done);
          totals.add(total);
        };
    Path snapshot = folder.resolve("snapshot.db");
    Restorable.of(store).snapshotTo(snapshot, progress);
    assertThat(copied).isSorted();
    assertThat(copied.getLast()).isPositive().isEqualTo(totals.getLast());
    copied.clear();
    totals.clear();
    Restorable.of(store)
        .restoreFrom(snapshot, snapshot.resolveSibling("before"), RestoreGuard.NONE, progress);
    assertThat(copied).isSorted();
    assertThat(copied.getLast()).isPositive().isEqualTo(totals.getLast());
  }

  @Test
  void aCancelledSnapshotLeavesNothingBehind() throws Exception {
    add(at("a", 1));
    Path copies = Files.createDirectory(folder.resolve("copies"));
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () ->
                Restorable.of(store)
                    .snapshotTo(copies.resolve("snapshot.db"), SnapshotProgress.NONE))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(copies).isEmptyDirectory();
  }

  @Test
  void aSnapshotThatIsCancelledAtTheVeryEndIsGoneToo() throws Exception {
    add(at("a", 1));
    Path copies = Files.createDirectory(folder.resolve("copies"));
    assertThatThrownBy(
            () ->
                Restorable.of(store)
                    .snapshotTo(
                        copies.resolve("snapshot.db"),
                        (done, total) -> Thread.currentThread().interrupt()))
        .isInstanceOf(InterruptedException.class);
    assertThat(copies).isEmptyDirectory();
  }

  @Test
  void aCancelledRestoreChangesNothing() throws Exception {
    add(at("a", 1));
    Path snapshot = snapshot();
    write("a", UPGRADED);
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () ->
                Restorable.of(store)
                    .restoreFrom(
                        snapshot,
                        snapshot.resolveSibling("before"),
                        RestoreGuard.NONE,
                        SnapshotProgress.NONE))
        .isInstanceOf(InterruptedException.class);
    assertThat(only("a").metadata()).isEqualTo(UPGRADED);
    assertThat(snapshot.getParent()).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aSnapshotReplacesNoFile() throws Exception {
    Path file = Files.writeString(folder.resolve("mine.txt"), "mine");
    assertThatThrownBy(() -> Restorable.of(store).snapshotTo(file, SnapshotProgress.NONE))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("exists already");
    assertThat(file).hasContent("mine");
  }

  @Test
  void whatIsNoSnapshotIsRefused() throws Exception {
    add(at("a", 1));
    Path text = Files.writeString(folder.resolve("notes.txt"), "not a store");
    for (Path file : List.of(text, folder.resolve("missing.db"), folder)) {
      assertThatThrownBy(
              () ->
                  Restorable.of(store)
                      .restoreFrom(
                          file,
                          file.resolveSibling("before"),
                          RestoreGuard.NONE,
                          SnapshotProgress.NONE))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("nothing was changed");
    }
    assertThat(only("a").metadata()).isEqualTo("{}");
  }
}
