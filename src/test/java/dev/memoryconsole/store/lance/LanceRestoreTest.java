package dev.memoryconsole.store.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.RestoreGuard;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreUnavailableException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others write to the plugin's store between the safety copy of a restore and its end. */
class LanceRestoreTest {
  @TempDir private Path folder;
  private Path snapshot;
  private Path safety;
  private PluginTable plugin;
  private LanceStore store;

  @BeforeEach
  void fill() throws Exception {
    snapshot = folder.resolve("snapshot.db");
    safety = folder.resolve("safety.db");
    plugin = PluginTable.create(folder.resolve("plugin"));
    plugin.add(List.of(row("old")));
    store = LanceStore.open(plugin.root(), PluginTable.options());
    store.snapshotTo(snapshot, SnapshotProgress.NONE);
    plugin.add(List.of(row("before")));
  }

  @AfterEach
  void close() {
    store.close();
    plugin.close();
  }

  private static MemoryEntry row(String id) {
    return new MemoryEntry(id, "text of " + id, "fact", "global", 0.5, 1_700_000_000L, "{}", 0);
  }

  private List<String> ids() {
    return store.ids(EntryQuery.ALL, 99);
  }

  private static RestoreGuard guard(Runnable announce, Runnable confirm) {
    return new RestoreGuard() {
      @Override
      public void announce() {
        announce.run();
      }

      @Override
      public void confirm() {
        confirm.run();
      }
    };
  }

  private static void nothing() {}

  @Test
  void whatIsWrittenJustBeforeTheLockIsInTheSafetyCopy() throws Exception {
    RestoreGuard agent =
        guard(() -> plugin.add(List.of(row("late"))), () -> assertThat(safety).exists());
    store.restoreFrom(snapshot, safety, agent, SnapshotProgress.NONE);
    assertThat(ids()).containsExactly("old");
    store.restoreFrom(
        safety, folder.resolve("second.db"), RestoreGuard.NONE, SnapshotProgress.NONE);
    assertThat(ids()).containsExactlyInAnyOrder("old", "before", "late");
  }

  /** As plugins do that know no lock. */
  @Test
  void whatIsWrittenWithoutTheLockAtTheLastMomentIsInTheSafetyCopyToo() throws Exception {
    RestoreGuard rude =
        guard(LanceRestoreTest::nothing, () -> plugin.add(List.of(row("rude"), row("ruder"))));
    store.restoreFrom(snapshot, safety, rude, SnapshotProgress.NONE);
    assertThat(ids()).containsExactly("old");
    store.restoreFrom(
        safety, folder.resolve("second.db"), RestoreGuard.NONE, SnapshotProgress.NONE);
    assertThat(ids()).containsExactlyInAnyOrder("old", "before", "rude", "ruder");
  }

  @Test
  void whoeverIsAskedBeforeItTakesEffectCanStopIt() {
    RestoreGuard takenOver =
        guard(
            LanceRestoreTest::nothing,
            () -> {
              throw new StoreUnavailableException(
                  Message.verbatim("Taken over; nothing was changed."));
            });
    assertThatThrownBy(() -> store.restoreFrom(snapshot, safety, takenOver, SnapshotProgress.NONE))
        .hasMessage("Taken over; nothing was changed.");
    assertThat(ids()).containsExactlyInAnyOrder("old", "before");
    assertThat(safety).doesNotExist();
  }
}
