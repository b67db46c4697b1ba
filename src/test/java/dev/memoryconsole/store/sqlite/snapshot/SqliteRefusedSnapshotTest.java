package dev.memoryconsole.store.sqlite.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Sql;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What can be wrong with a snapshot, or with the store that it is taken of. */
@Tag("slow")
class SqliteRefusedSnapshotTest extends SnapshotTestBase {
  @Test
  void aSnapshotOfANewerVersionIsRefused() throws Exception {
    store.snapshotTo(snapshot, SnapshotProgress.NONE);
    Sql.run(snapshot, "PRAGMA user_version = 99");
    isRefused("newer version");
  }

  @Test
  void anotherDatabaseIsRefused() throws Exception {
    Sql.run(snapshot, "CREATE TABLE other (x)");
    isRefused("without a table of memories");
  }

  @Test
  void aSnapshotWithoutItsEndIsRefused() throws Exception {
    store.snapshotTo(snapshot, SnapshotProgress.NONE);
    try (FileChannel channel = FileChannel.open(snapshot, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
    isRefused("its end is missing");
  }

  @Test
  void aSnapshotWithARottenPageIsRefused() throws Exception {
    store.snapshotTo(snapshot, SnapshotProgress.NONE);
    overwrite(snapshot, Sql.value(snapshot, rootOf("memories")));
    isRefused("is damaged");
  }

  @Test
  void aSnapshotWhoseIndexDisagreesWithItsTableIsRefused() throws Exception {
    store.snapshotTo(snapshot, SnapshotProgress.NONE);
    Sql.run(
        snapshot,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, '(timestamp, id)', '(importance, id)')"
            + " WHERE name = 'memories_time'");
    isRefused("is damaged");
  }

  @Test
  void aRottenStoreMakesNoSnapshot() throws Exception {
    store.close();
    overwrite(file, Sql.value(file, rootOf("memories_scope")));
    store = SqliteStore.open(file);
    assertThatThrownBy(() -> store.snapshotTo(snapshot, SnapshotProgress.NONE))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("Could not take a snapshot because " + file + " is damaged");
    assertThat(snapshot.getParent()).isEmptyDirectory();
  }

  private static String rootOf(String name) {
    return "SELECT rootpage FROM sqlite_schema WHERE name = '" + name + "'";
  }

  private static void overwrite(Path path, String page) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      byte[] rot = new byte[4096];
      Arrays.fill(rot, (byte) 0xa5);
      channel.write(ByteBuffer.wrap(rot), (Long.parseLong(page) - 1) * 4096);
    }
  }
}
