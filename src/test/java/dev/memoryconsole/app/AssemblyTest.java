package dev.memoryconsole.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.exchange.Snapshot;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssemblyTest {
  @TempDir private Path folder;

  @Test
  void aSnapshotIsTakenBeforeARunUnlessItIsSwitchedOff() throws Exception {
    Assembly assembly = new Assembly(new SimpleEnricher(), Clock.systemUTC());
    Workspace workspace = new Workspace(folder.resolve("workspace"));
    try (MemoryStore store = SqliteStore.create(folder.resolve("store.db"))) {
      SnapshotTaker taker = assembly.beforeRuns(store, workspace);
      assertThat(taker.room()).isPresent();
      taker.take(3, SnapshotProgress.NONE);
      new SettingsFile(workspace.settings()).update(now -> now.withSnapshots(false, 5, 2));
      assertThat(taker.room()).isEmpty();
      taker.take(4, SnapshotProgress.NONE);
      assertThat(assembly.snapshots(workspace.directory()).list(store.location()))
          .extracting(Snapshot::run)
          .containsExactly(3L);
    }
  }
}
