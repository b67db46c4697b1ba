package dev.memoryconsole.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Entries;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What snapshots take of a real disk, and which of them have to go. */
class SnapshotRoomTest {
  @TempDir private Path folder;

  private Retention retention = new Retention(5, Retention.DEFAULT_BYTES);

  @SuppressWarnings("NullAway.Init")
  private Path root;

  @SuppressWarnings("NullAway.Init")
  private SqliteStore store;

  @SuppressWarnings("NullAway.Init")
  private Snapshots snapshots;

  @BeforeEach
  void open() throws InterruptedException {
    root = folder.resolve("workspace/snapshots");
    store = SqliteStore.create(folder.resolve("store.db"));
    store.insert(
        IntStream.range(0, 500)
            .mapToObj(i -> Entries.entry("id-" + i, "Text number " + i + ".", "{}"))
            .toList(),
        ExistingRows.SKIP);
    snapshots = new Snapshots(root, Clock.systemUTC(), () -> retention);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Snapshot take(long run) throws InterruptedException {
    return snapshots.take(store, run, SnapshotProgress.NONE);
  }

  @Test
  void whatOneTakesIsToldBeforeIt() throws Exception {
    SnapshotTaker.Room room = snapshots.room(store).orElseThrow();
    assertThat(root).doesNotExist();
    Snapshot taken = take(1);
    // A copy leaves out what is no longer used, and packs the rest anew.
    assertThat((double) taken.bytes())
        .isCloseTo((double) room.bytes(), Percentage.withPercentage(20));
    assertThat(room.suffices()).isTrue();
    assertThat(new SnapshotTaker.Room(room.bytes(), root, room.bytes() - 1).suffices()).isFalse();
  }

  @Test
  void filesOfMoreBytesThanAreKeptGoOldestFirst() throws Exception {
    Snapshot first = take(1);
    retention = new Retention(9, first.bytes() * 5 / 2);
    take(2);
    assertThat(first.file()).exists();
    take(3);
    assertThat(first.file()).doesNotExist();
    retention = new Retention(9, 0);
    take(4);
    assertThat(snapshots.list(store.location())).extracting(Snapshot::run).containsExactly(4L);
  }
}
