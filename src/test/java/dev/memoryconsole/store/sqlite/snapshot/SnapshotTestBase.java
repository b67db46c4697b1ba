package dev.memoryconsole.store.sqlite.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.RestoreGuard;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Entries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store with many rows, and a path for its snapshot. */
abstract class SnapshotTestBase {
  static final int ROWS = 4_000;

  @TempDir Path folder;
  Path file;
  Path snapshot;
  SqliteStore store;

  @BeforeEach
  void fill() throws Exception {
    file = folder.resolve("memories of a? #1 ü.db");
    snapshot = Files.createDirectory(folder.resolve("it's copies %41")).resolve("snapshot ?.db");
    store = SqliteStore.create(file);
    List<MemoryEntry> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      String text = "Memory " + i + " of an agent. ".repeat(10);
      rows.add(Entries.entry("m" + i, text, "{\"n\":0}"));
    }
    store.insert(rows, ExistingRows.SKIP);
  }

  @AfterEach
  void close() {
    store.close();
  }

  void isRefused(String because) {
    assertThatThrownBy(
            () ->
                store.restoreFrom(
                    snapshot,
                    snapshot.resolveSibling("before"),
                    RestoreGuard.NONE,
                    SnapshotProgress.NONE))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll(because, "nothing was changed")
        .message()
        .doesNotContain("\n");
    assertThat(store.count(EntryQuery.ALL)).isEqualTo(ROWS);
    assertThat(snapshot.getParent()).isDirectoryNotContaining("glob:**.tmp");
  }
}
