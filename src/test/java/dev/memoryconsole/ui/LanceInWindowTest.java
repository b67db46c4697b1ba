package dev.memoryconsole.ui;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.controls.Notification;
import dev.memoryconsole.app.Assembly;
import dev.memoryconsole.app.ServedMetrics;
import dev.memoryconsole.app.WindowServices;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.exchange.Snapshot;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.node.Node;
import dev.memoryconsole.node.Peer;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.lance.LanceStore;
import dev.memoryconsole.store.lance.PluginTable;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The plugin's live store in the real window, over the app's own services. */
@Tag("node")
class LanceInWindowTest extends WindowTest {
  private Assembly assembly() {
    return new Assembly(new SimpleEnricher(), clock);
  }

  private Workspace workspace() {
    return new Workspace(folder.resolve("workspace"));
  }

  private void showLive(Path store) {
    WindowServices real =
        new WindowServices(
            assembly(),
            workspace(),
            new SettingsFile(workspace().settings()),
            clock,
            new ServedMetrics(),
            folder.resolve("openclaw.json"));
    show(
        real,
        clock,
        () -> UpgradeOptions.DEFAULT.withSnapshot(false),
        store,
        Locale.ENGLISH,
        Theme.LIGHT,
        1280,
        800);
  }

  private boolean notes(String words) {
    return root().lookupAll(".notification").stream()
        .anyMatch(
            node -> node instanceof Notification notice && notice.getMessage().contains(words));
  }

  /** Its plugin may lock through Redis, or not at all: the admin hears of it before. */
  @Test
  void whatMayBeLostIsSaidInTheQuestionBeforeTheRun() throws Exception {
    Path store = PluginTable.copyOfReal(folder.resolve("lancedb-pro"));
    Files.delete(store.resolve(".memory-write.lock"));
    showLive(store);
    click(0, true, false);
    press("#upgradeSelected");
    until(() -> says("No plugin has been seen to take its lock") && says("may be lost"));
    press("#no");
    assertThat(ask(() -> on("#pause"))).isFalse();
    press("#upgradeAll");
    until(() -> says("Upgrade 240 memories?") && says("may be lost"));
    press("#yes");
    until(() -> says("Run 1 done"));
    key(KeyCode.DIGIT2, true, false);
    press("#undoRun");
    until(() -> says("may be lost"));
    press("#no");
  }

  @Test
  void whereThePluginIsSeenToLockNothingIsAskedForAFewMemories() throws Exception {
    showLive(PluginTable.copyOfReal(folder.resolve("lancedb-pro")));
    press("#legacyChip");
    until(() -> rows() == 240);
    click(0, true, false);
    press("#upgradeSelected");
    until(() -> says("Run 1 done"));
  }

  @Test
  void theTableOfTheBuiltInPluginIsLookedAtExportedAndNotUpgraded() throws Exception {
    Path store = PluginTable.copyOf("builtin-store", folder.resolve("lancedb"));
    showLive(store);
    assertThat(rows()).isEqualTo(3);
    until(() -> notes("built-in plugin memory-lancedb"));
    picked = folder.resolve("export.json");
    choose("importItem");
    until(() -> notes("each memory there needs a vector that only the plugin can make"));
    assertThat(asked).isEmpty();
    choose("exportItem");
    until(() -> Files.exists(folder.resolve("export.json")));
    click(0, true, false);
    press("#upgradeSelected");
    until(() -> notes("whose memories have no metadata to hold an upgrade; nothing was changed"));
    assertThat(store).isDirectoryNotContaining("glob:**/.memory-write*");
  }

  @Test
  void aSnapshotThatThePluginHasRemovedIsMarkedAndNotOffered() throws Exception {
    Node.assumeThere();
    Path root = PluginTable.copyOfReal(folder.resolve("lancedb-pro"));
    Snapshot taken;
    try (LanceStore store = LanceStore.open(root, PluginTable.options())) {
      taken = assembly().snapshots(workspace().directory()).take(store, 7, SnapshotProgress.NONE);
      store.patch(
          store.ids(EntryQuery.ALL, 9),
          Patches.of(row -> "{}"),
          LockPurpose.of(LockPurpose.Kind.OTHER));
    }
    try (Peer cleaner = Node.start("cleaner.mjs", root)) {
      cleaner.tell("clean 1");
      assertThat(cleaner.expect("cleaned", new ArrayList<>())).isEqualTo("1 0");
    }
    showLive(root);
    openSnapshots();
    until(() -> lists("before run 7; can’t be restored: the plugin has removed it"));
    run(() -> node("#snapshotTable", TableView.class).getSelectionModel().select(0));
    assertThat(ask(() -> button("#restoreSnapshot").isDisabled())).isTrue();
    press("#takeSnapshot");
    until(() -> lists("asked for"));
    run(() -> node("#snapshotTable", TableView.class).getSelectionModel().select(0));
    until(() -> !button("#restoreSnapshot").isDisabled());
    assertThat(taken.file()).exists();
  }
}
