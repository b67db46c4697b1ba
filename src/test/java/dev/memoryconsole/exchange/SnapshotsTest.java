package dev.memoryconsole.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.journal.RunInProgressException;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.SimpleEnrichment;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of real stores in a real folder. */
class SnapshotsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T09:30:00.250Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir private Path folder;
  private Path root;
  private final CountDownLatch answered = new CountDownLatch(1);
  private SqliteStore store;
  private Upgrades upgrades;
  private Retention retention = new Retention(5, Retention.DEFAULT_BYTES);
  private Snapshots snapshots;

  @BeforeEach
  void create() throws Exception {
    root = folder.resolve("workspace/snapshots");
    store = SqliteStore.create(folder.resolve("agent main.db"));
    store.insert(List.of(Entries.entry("a", "Text.", "{\"n\":0}")), ExistingRows.SKIP);
    upgrades =
        new UpgradeService(
            store, new SqliteJournal(folder.resolve("journal.db")), new SlowEnricher(), CLOCK);
    snapshots = new Snapshots(root, CLOCK, () -> retention);
  }

  @AfterEach
  void close() {
    answered.countDown();
    upgrades.close();
  }

  private final class SlowEnricher implements Enricher {
    @Override
    public String name() {
      return "llm:slow";
    }

    @Override
    public Enriched enrich(MemoryEntry entry) throws InterruptedException {
      answered.await();
      return new Enriched(SimpleEnrichment.of(entry.text()), Message.NONE);
    }
  }

  private Snapshot take(long run) throws InterruptedException {
    return snapshots.take(store, run, SnapshotProgress.NONE);
  }

  private void write(String metadata) throws InterruptedException {
    store.patch(
        List.of("a"),
        row -> new RowWrite.Change(row, metadata),
        LockPurpose.of(LockPurpose.Kind.OTHER));
  }

  private String metadata() {
    return String.valueOf(store.find(List.of("a")).getFirst().metadata());
  }

  @Test
  void aSnapshotSaysWhenAndWhyItWasTaken() throws Exception {
    Snapshot before = take(7);
    assertThat(before.name()).isEqualTo("20261123-093000-250-run-7");
    assertThat(before)
        .isEqualTo(
            new Snapshot(before.file(), NOW, Snapshot.Cause.RUN, 7, Files.size(before.file())));
    Snapshot asked = take(0);
    assertThat(asked.cause()).isEqualTo(Snapshot.Cause.MANUAL);
    assertThat(asked.takenAt()).isAfterOrEqualTo(before.takenAt());
    assertThat(snapshots.list(store.location())).hasSize(2).contains(before, asked);
    assertThat(snapshots.find(store.location(), before.name())).isEqualTo(before);
  }

  @Test
  void twoOfOneMomentAreTwo() throws Exception {
    take(7);
    take(7);
    assertThat(snapshots.list(store.location()))
        .extracting(Snapshot::takenAt)
        .containsExactly(NOW.plusMillis(1), NOW);
  }

  @Test
  void theFolderIsPrivateAndBelongsToOneStoreHoweverItsPathIsSpelt() throws Exception {
    Snapshot taken = take(0);
    Path own = snapshots.folderOf(store.location());
    assertThat(taken.file()).hasParent(own);
    assertThat(own.getFileName().toString()).startsWith("agent_main.db-");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
        .isEqualTo("rwx------");
    Path link =
        Files.createSymbolicLink(folder.resolve("link.db"), Path.of(store.location().key()));
    assertThat(snapshots.folderOf(StoreLocation.of(link))).isEqualTo(own);
    assertThat(snapshots.folderOf(StoreLocation.of(folder.resolve("./x/../agent main.db"))))
        .isEqualTo(own);
    assertThat(snapshots.list(StoreLocation.of(folder.resolve("other.db")))).isEmpty();
  }

  @Test
  void aRestoreCanBeTakenBack() throws Exception {
    Snapshot zero = take(1);
    write("{\"n\":1}");
    List<Double> progress = new ArrayList<>();
    Snapshot one =
        snapshots.restore(upgrades, zero, (done, total) -> progress.add((double) done / total));
    assertThat(metadata()).isEqualTo("{\"n\":0}");
    assertThat(one.cause()).isEqualTo(Snapshot.Cause.RESTORE);
    assertThat(progress).isSorted().last().isEqualTo(1.0);
    snapshots.restore(upgrades, one, SnapshotProgress.NONE);
    assertThat(metadata()).isEqualTo("{\"n\":1}");
    assertThat(snapshots.list(store.location())).hasSize(3);
  }

  @Test
  void theOneThatIsRestoredIsNotRemovedForTheSafetyCopy() throws Exception {
    retention = new Retention(1, Retention.DEFAULT_BYTES);
    Snapshot only = take(1);
    write("{\"n\":1}");
    Snapshot before = snapshots.restore(upgrades, only, SnapshotProgress.NONE);
    assertThat(metadata()).isEqualTo("{\"n\":0}");
    assertThat(snapshots.list(store.location())).containsExactly(before, only);
  }

  @Test
  void whatARestoreNeedsIsKeptUntilAnotherSnapshotIsRestored() throws Exception {
    retention = new Retention(1, 0);
    Snapshot restored = take(1);
    Snapshot safety = snapshots.restore(upgrades, restored, SnapshotProgress.NONE);
    take(2);
    Snapshot later = take(3);
    assertThat(snapshots.list(store.location()))
        .extracting(Snapshot::name)
        .containsExactly(later.name(), safety.name(), restored.name());
    Snapshot second = snapshots.restore(upgrades, later, SnapshotProgress.NONE);
    assertThat(snapshots.list(store.location()))
        .extracting(Snapshot::name)
        .containsExactly(second.name(), later.name());
  }

  @Test
  void aSnapshotOfAnotherStoreDoesNotRemoveTheOneThatIsBeingRestored() throws Exception {
    Snapshot oldest = take(1);
    take(2);
    write("{\"n\":1}");
    try (MemoryStore other = SqliteStore.create(folder.resolve("other.db"))) {
      retention = new Retention(1, 0);
      snapshots.restore(
          upgrades,
          oldest,
          (done, total) -> {
            try {
              snapshots.take(other, 3, SnapshotProgress.NONE);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
    }
    assertThat(metadata()).isEqualTo("{\"n\":0}");
    assertThat(oldest.file()).exists();
  }

  @Test
  void aSnapshotThatIsNoStoreIsRefusedAndTheStoreStaysAsItWas() throws Exception {
    Snapshot broken = take(1);
    Files.writeString(broken.file(), "no store");
    write("{\"n\":1}");
    assertThatThrownBy(() -> snapshots.restore(upgrades, broken, SnapshotProgress.NONE))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("nothing was changed");
    assertThat(metadata()).isEqualTo("{\"n\":1}");
  }

  @Test
  void nothingIsRestoredUnderARunAtWork() throws Exception {
    Snapshot before = take(1);
    RunHandle run = upgrades.upgrade(List.of("a"), UpgradeOptions.DEFAULT);
    assertThatThrownBy(() -> snapshots.restore(upgrades, before, SnapshotProgress.NONE))
        .isInstanceOf(RunInProgressException.class)
        .hasMessageContaining("Run 1 of this store is at work in this program");
    answered.countDown();
    run.await();
    assertThat(metadata()).contains("memory_category");
    snapshots.restore(upgrades, before, SnapshotProgress.NONE);
    assertThat(metadata()).isEqualTo("{\"n\":0}");
  }

  @Test
  void onlyTheNewestAreKept() throws Exception {
    retention = new Retention(2, Retention.DEFAULT_BYTES);
    take(1);
    take(2);
    take(3);
    assertThat(snapshots.list(store.location())).extracting(Snapshot::run).containsExactly(3L, 2L);
  }

  @Test
  void allStoresTogetherKeepNoMoreBytesButEachItsNewest() {
    Snapshot a1 = of("a", 1, 10);
    Snapshot a2 = of("a", 3, 10);
    Snapshot b1 = of("b", 2, 10);
    Snapshot b2 = of("b", 4, 10);
    List<List<Snapshot>> all = List.of(List.of(a1, a2), List.of(b1, b2));
    assertThat(new Retention(5, 40).surplus(all, Set.of())).isEmpty();
    assertThat(new Retention(5, 39).surplus(all, Set.of())).containsExactly(a1);
    assertThat(new Retention(5, 29).surplus(all, Set.of())).containsExactly(a1, b1);
    assertThat(new Retention(5, 0).surplus(all, Set.of())).containsExactly(a1, b1);
    assertThat(new Retention(1, 40).surplus(all, Set.of())).containsExactly(a1, b1);
  }

  private static Snapshot of(String store, int second, long bytes) {
    return new Snapshot(
        Path.of(store, second + ".db"),
        Instant.ofEpochSecond(second),
        Snapshot.Cause.MANUAL,
        0,
        bytes);
  }

  @Test
  void leftoversOfKilledCopiesAreSweptAndOtherFilesAreNot() throws Exception {
    Snapshot first = take(1);
    Path own = snapshots.folderOf(store.location());
    Path half = Files.writeString(own.resolve("20261123-093000-000-manual.db.tmp"), "half");
    Path journal =
        Files.writeString(own.resolve("20261123-093000-000-manual.db.tmp-journal"), "half");
    Path scratch = Files.writeString(own.resolve("restore123.tmp"), "half");
    Path notes = Files.writeString(own.resolve("notes.txt"), "mine");
    assertThat(snapshots.list(store.location())).containsExactly(first);
    take(2);
    assertThat(half).doesNotExist();
    assertThat(journal).doesNotExist();
    assertThat(scratch).doesNotExist();
    assertThat(notes).exists();
    assertThat(first.file()).exists();
  }

  @Test
  void aCancelledSnapshotIsNotThere() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> take(1)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(snapshots.list(store.location())).isEmpty();
  }

  @Test
  void snapshotsOfOneStoreAreTakenOneAfterTheOther() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Snapshot> first =
          threads.submit(
              () ->
                  snapshots.take(
                      store,
                      1,
                      (done, total) -> {
                        inside.countDown();
                        await(goOn);
                      }));
      inside.await();
      Future<Snapshot> second = threads.submit((Callable<Snapshot>) () -> take(2));
      // The first one's unfinished file is still its own.
      assertThat(snapshots.folderOf(store.location())).isDirectoryContaining("glob:**.tmp");
      assertThat(second.isDone()).isFalse();
      goOn.countDown();
      assertThat(first.get().takenAt()).isBefore(second.get().takenAt());
    }
    assertThat(snapshots.list(store.location())).hasSize(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anUnknownNameIsOneSentence() {
    assertThatThrownBy(() -> snapshots.find(store.location(), "yesterday"))
        .isInstanceOf(ExchangeException.class)
        .hasMessageContainingAll("There is no snapshot yesterday of ", "nothing was changed");
  }

  @Test
  void aFolderThatCantBeMadeIsOneSentence() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Snapshots nowhere =
        new Snapshots(file.resolve("snapshots"), Clock.systemUTC(), () -> retention);
    assertThatThrownBy(() -> nowhere.take(store, 0, SnapshotProgress.NONE))
        .isInstanceOf(ExchangeException.class)
        .hasMessageContaining("the store is as it was");
  }
}
