package dev.memoryconsole.app;

import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.lab.LabStores;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SimulatedPlugin;
import dev.memoryconsole.store.sqlite.SqliteOptions;
import dev.memoryconsole.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.List;

/** Stores for the lab, all of them SQLite files. Thread-safe. */
final class SqliteLabStores implements LabStores {
  private static final int PAGE = 500;

  @Override
  public void copy(MemoryStore store, Path file, SnapshotProgress progress)
      throws InterruptedException {
    if (store instanceof SqliteStore sqlite) {
      sqlite.snapshotTo(file, progress);
      return;
    }
    EntryQuery byId = EntryQuery.ALL.sortedBy(EntryQuery.Sort.ID, true);
    long total = store.count(byId);
    try (SqliteStore copy = SqliteStore.create(file)) {
      for (int done = 0; done < total; done += PAGE) {
        List<MemoryEntry> page = store.page(byId, done, PAGE);
        copy.insert(page, ExistingRows.REPLACE);
        progress.copied(Math.min(total, done + PAGE), total);
      }
    }
  }

  @Override
  public void copy(Path copy, Path another) throws InterruptedException {
    try (SqliteStore source = SqliteStore.open(copy)) {
      source.snapshotTo(another, SnapshotProgress.NONE);
    }
  }

  @Override
  public void insert(Path copy, List<MemoryEntry> rows) throws InterruptedException {
    try (SqliteStore store = SqliteStore.open(copy, SqliteOptions.DEFAULT.withoutCourtesy())) {
      store.insert(rows, ExistingRows.REPLACE);
    }
  }

  @Override
  public MemoryStore open(Path copy, boolean courteous) {
    return SqliteStore.open(
        copy, courteous ? SqliteOptions.DEFAULT : SqliteOptions.DEFAULT.withoutCourtesy());
  }

  @Override
  public Journal journal(Path file) {
    return new SqliteJournal(file);
  }

  @Override
  public Plugin plugin(Path copy, int patienceMillis) {
    SimulatedPlugin plugin = SimulatedPlugin.open(copy, Plugin.COUNTER, patienceMillis);
    return new Plugin() {
      @Override
      public Write increment(String id) {
        boolean written = plugin.increment(id);
        return new Write(plugin.lastWaitNanos(), written);
      }

      @Override
      public void close() {
        plugin.close();
      }
    };
  }
}
