package dev.memoryconsole.store.sqlite.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.RestoreGuard;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.sqlite.SqliteOptions;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Sql;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Snapshots of a file that others write to, and bringing them back. */
@Tag("slow")
class SqliteSnapshotTest extends SnapshotTestBase {
  private static final SqliteOptions IMPATIENT =
      new SqliteOptions(Duration.ofMillis(100), InstantSource.system());
  private static final LockPurpose WRITING = LockPurpose.of(LockPurpose.Kind.OTHER);

  @Test
  void aSnapshotWhileOthersWriteIsOneStateOfTheStore() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger written = new AtomicInteger();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int w = 0; w < 4; w++) {
        // The first and the last row of the table, in one transaction each time.
        List<String> pair = List.of("m" + w, "m" + (ROWS - 1 - w));
        all.add(
            writers.submit(
                () -> {
                  for (int n = 1; !stop.get(); n++) {
                    String metadata = "{\"n\":" + n + "}";
                    store.patch(pair, row -> new RowWrite.Change(row, metadata), WRITING);
                    written.incrementAndGet();
                  }
                  return null;
                }));
      }
      try {
        for (int round = 0; round < 5; round++) {
          int before = written.get();
          store.snapshotTo(snapshot, SnapshotProgress.NONE);
          assertThat(Sql.value(snapshot, "PRAGMA integrity_check")).isEqualTo("ok");
          for (int w = 0; w < 4; w++) {
            String two = "SELECT count(DISTINCT metadata) FROM memories WHERE id IN ('m%d', 'm%d')";
            assertThat(Sql.value(snapshot, two.formatted(w, ROWS - 1 - w))).isEqualTo("1");
          }
          assertThat(Sql.value(snapshot, "SELECT count(*) FROM memories")).isEqualTo("" + ROWS);
          assertThat(written.get()).isGreaterThan(before);
          Files.delete(snapshot);
        }
      } finally {
        stop.set(true);
      }
      for (Future<?> writer : all) {
        writer.get();
      }
    }
  }

  @Test
  void writesDuringARestoreComeBeforeOrAfterItAsAWhole() throws Exception {
    store.snapshotTo(snapshot, SnapshotProgress.NONE);
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    List<String> pair = List.of("m0", "m" + (ROWS - 1));
    try (SqliteStore other = SqliteStore.open(file);
        ExecutorService writer = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writing =
          writer.submit(
              () -> {
                for (int n = 1; !stop.get(); n++) {
                  String metadata = "{\"n\":" + n + "}";
                  other.patch(pair, row -> new RowWrite.Change(row, metadata), WRITING);
                  List<MemoryEntry> both = other.find(pair);
                  assertThat(both.getFirst().metadata()).isEqualTo(both.getLast().metadata());
                  begun.countDown();
                }
                return null;
              });
      begun.await();
      for (int round = 0; round < 3; round++) {
        store.restoreFrom(
            snapshot, snapshot.resolveSibling("before"), RestoreGuard.NONE, SnapshotProgress.NONE);
      }
      stop.set(true);
      writing.get();
    }
    assertThat(Sql.value(file, "PRAGMA integrity_check")).isEqualTo("ok");
    assertThat(Sql.value(file, "PRAGMA journal_mode")).isEqualTo("wal");
  }

  @Test
  void aSnapshotDoesNotWaitForTheLockAndARestoreDoesNotBreakIt() throws Exception {
    try (Connection holder = Sql.connect(file);
        Statement statement = holder.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("UPDATE memories SET metadata = '{\"n\":1}' WHERE id = 'm1'");
      store.snapshotTo(snapshot, SnapshotProgress.NONE);
      store.close();
      store = SqliteStore.open(file, IMPATIENT);
      isRefused("is locked by another program");
      statement.execute("COMMIT");
    }
    assertThat(Sql.value(snapshot, "SELECT metadata FROM memories WHERE id = 'm1'")).contains("0");
    store.restoreFrom(
        snapshot, snapshot.resolveSibling("before"), RestoreGuard.NONE, SnapshotProgress.NONE);
    assertThat(store.find(List.of("m1")).getFirst().metadata()).isEqualTo("{\"n\":0}");
  }

  @Test
  void aSnapshotIsGivenUpInTheMiddle() {
    assertThatThrownBy(
            () -> store.snapshotTo(snapshot, (done, total) -> Thread.currentThread().interrupt()))
        .isInstanceOf(InterruptedException.class);
    assertThat(snapshot.getParent()).isEmptyDirectory();
    assertThatThrownBy(
            () ->
                store.snapshotTo(
                    snapshot,
                    (done, total) -> {
                      throw new IllegalStateException("nobody listens");
                    }))
        .hasMessage("nobody listens");
    assertThat(snapshot.getParent()).isEmptyDirectory();
  }

  @Test
  void closingTheStoreEndsASnapshot() throws Exception {
    Thread closer = new Thread(store::close);
    assertThatThrownBy(
            () ->
                store.snapshotTo(
                    snapshot,
                    (done, total) -> {
                      if (closer.getState() == Thread.State.NEW) {
                        closer.start();
                        // It waits for this very copy to end.
                        while (closer.getState() != Thread.State.WAITING) {
                          Thread.onSpinWait();
                        }
                      }
                    }))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("was closed");
    closer.join();
    assertThat(snapshot.getParent()).isEmptyDirectory();
  }

  @Test
  void aSnapshotIsForItsOwnerAlone() throws Exception {
    store.snapshotTo(snapshot, SnapshotProgress.NONE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(snapshot)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFolderThatIsNotThereIsOneSentence() {
    assertThatThrownBy(
            () -> store.snapshotTo(folder.resolve("no/folder.db"), SnapshotProgress.NONE))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("can't be written; nothing was changed");
  }

  @Test
  void whatDoesNotFitIsNotBegun() {
    assertThatThrownBy(() -> DatabaseCopy.requireSpace(snapshot, Long.MAX_VALUE))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContainingAll(
            "needs 9,223,372,036.9 GB, but", " GB left; nothing was changed, free some space");
  }

  @Test
  void aSnapshotWithPagesOfAnotherSizeComesBackToo() throws Exception {
    store.snapshotTo(snapshot, SnapshotProgress.NONE);
    Sql.run(snapshot, "PRAGMA page_size = 1024", "VACUUM");
    store.patch(List.of("m1"), row -> new RowWrite.Change(row, "{}"), WRITING);
    store.restoreFrom(
        snapshot, snapshot.resolveSibling("before"), RestoreGuard.NONE, SnapshotProgress.NONE);
    assertThat(store.find(List.of("m1")).getFirst().metadata()).isEqualTo("{\"n\":0}");
    assertThat(Sql.value(file, "PRAGMA page_size")).isEqualTo("4096");
    assertThat(Sql.value(file, "PRAGMA integrity_check")).isEqualTo("ok");
  }

  @Test
  void aTableAddedByAnotherProgramComesBackToo() throws Exception {
    Sql.run(file, "CREATE TABLE theirs (x)", "INSERT INTO theirs VALUES (1)");
    store.snapshotTo(snapshot, SnapshotProgress.NONE);
    Sql.run(file, "UPDATE theirs SET x = 2", "ALTER TABLE memories ADD COLUMN extra TEXT");
    store.restoreFrom(
        snapshot, snapshot.resolveSibling("before"), RestoreGuard.NONE, SnapshotProgress.NONE);
    assertThat(Sql.value(file, "SELECT x FROM theirs")).isEqualTo("1");
    store.patch(List.of("m1"), row -> new RowWrite.Change(row, "{}"), WRITING);
    assertThat(store.find(List.of("m1"))).hasSize(1);
  }
}
