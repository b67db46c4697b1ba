package dev.memoryconsole.ui.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import atlantafx.base.controls.Notification;
import dev.memoryconsole.exchange.Snapshot;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunPlan;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.ui.services.SnapshotRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** Taking, listing and restoring snapshots in the real window. */
class SnapshotsInWindowTest extends WindowTest {
  private Path store() throws InterruptedException {
    Path store = services.store("agent-main.db", legacy(12));
    try (MemoryStore open = SqliteStore.open(store)) {
      services.snapshots.take(open, 7, SnapshotProgress.NONE);
    }
    return store;
  }

  private TableView<?> list() {
    return node("#snapshotTable", TableView.class);
  }

  private boolean notes(String words) {
    return root().lookupAll(".notification").stream()
        .anyMatch(
            node -> node instanceof Notification notice && notice.getMessage().contains(words));
  }

  private void choose(int index) {
    until(() -> on("#snapshotTable") && list().getItems().size() > index);
    run(() -> list().getSelectionModel().select(index));
  }

  @Test
  void theFirstSnapshotIsTakenByHand() throws Exception {
    show(services.store("agent-main.db", legacy(3)));
    openSnapshots();
    until(() -> says("No snapshots yet"));
    press("#takeSnapshot");
    until(() -> lists("asked for") && notes("Snapshot taken"));
    assertThat(on(".snapshots-empty")).isFalse();
    key(KeyCode.ESCAPE, false, false);
    until(() -> !on("#takeSnapshot"));
  }

  @Test
  void inTheSmallestWindowNoNoticeLiesOverTheButtons() throws Exception {
    show(services.store("agent-main.db", legacy(3)));
    run(
        () -> {
          stage.setWidth(900);
          stage.setHeight(560);
        });
    press("#upgradeAll");
    press("#yes");
    until(() -> on("#noticeOffer"));
    openSnapshots();
    press("#takeSnapshot");
    until(() -> root().lookupAll(".notification").size() == 2);
    until(() -> ask(() -> inScene(".snapshots").getMaxY() <= inScene("#notices").getMinY()));
    Pictures.shoot(stage, "95-notices-and-snapshots");
    assertThat(ask(() -> inScene(".snapshots").contains(inScene("#takeSnapshot")))).isTrue();
    run(
        () ->
            root()
                .lookupAll(".notification")
                .forEach(each -> ((Notification) each).getOnClose().handle(null)));
    until(() -> ask(() -> inScene(".snapshots").getMaxY() > 500));
  }

  private Bounds inScene(String selector) {
    Node node = node(selector, Node.class);
    return node.localToScene(node.getLayoutBounds());
  }

  @Test
  void aRestoreAsksFirstAndBringsTheOldMemoriesBack() throws Exception {
    Path store = store();
    show(store);
    press("#upgradeAll");
    press("#yes");
    until(() -> says("0 legacy"));
    openSnapshots();
    until(() -> lists("before run 7"));
    assertThat(ask(() -> button("#restoreSnapshot").isDisabled())).isTrue();
    choose(0);
    press("#restoreSnapshot");
    until(() -> says("undo that run instead"));
    press("#no");
    assertThat(ask(() -> says("0 legacy"))).isTrue();
    press("#restoreSnapshot");
    press("#yes");
    until(() -> says("12 legacy") && notes("The store is as it was at"));
    until(() -> list().getItems().size() == 2);
    assertThat(services.snapshots.list(StoreLocation.of(store)))
        .extracting(Snapshot::cause)
        .containsExactly(Snapshot.Cause.RESTORE, Snapshot.Cause.RUN);
    key(KeyCode.ESCAPE, false, false);
    until(() -> !on("#takeSnapshot"));
    press("#runs");
    until(() -> says("Run 2 · restore"));
    run(() -> node("#runList", ListView.class).getSelectionModel().select(0));
    until(() -> says("Restored the snapshot of"));
    assertThat(ask(() -> says("A restore has no entries of its own"))).isTrue();
    assertThat(on("#undoRun")).isFalse();
    assertThat(on("#resumeRun")).isFalse();
  }

  @Test
  void aRestoreThatWasKilledIsToldAndSaysWhatIsSafe() throws Exception {
    Path store = store();
    String snapshot = services.snapshots.list(StoreLocation.of(store)).getFirst().name();
    try (Journal journal = new SqliteJournal(services.journal())) {
      long run = journal.runs().start(RunPlan.restore(store.toString(), snapshot), 1).orElseThrow();
      journal.runs().restoring(run, "20261128-083000-000-restore");
      journal.runs().release(run);
    }
    show(store);
    until(
        () ->
            says("The restore in run 1 was interrupted. The store is as it was before or as")
                && says("What it held before is kept in the snapshot of "));
    assertThat(on("#resumeOffered")).isFalse();
    press("#runs");
    until(() -> says("Run 1 · restore"));
    assertThat(on("#resumeRun")).isFalse();
    press("#resumeLater");
    until(() -> !on("#resumeLater"));
  }

  @Test
  void aSnapshotCanBeCancelledAndNothingIsLeft() throws Exception {
    Path store = store();
    CountDownLatch cancelled = new CountDownLatch(1);
    services.copying =
        () -> {
          try {
            cancelled.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    show(store);
    openSnapshots();
    press("#takeSnapshot");
    until(() -> says("Taking a snapshot…"));
    assertThat(ask(() -> button("#closeSnapshots").isDisabled())).isTrue();
    key(KeyCode.ESCAPE, false, false);
    assertThat(ask(() -> on("#takeSnapshot"))).isTrue();
    press("#cancelSnapshot");
    until(() -> !says("Taking a snapshot…"));
    // The thread that was cancelled tidies up after the window has said so.
    Path folder = services.snapshots.folderOf(StoreLocation.of(store));
    await().atMost(Duration.ofSeconds(90)).until(() -> unfinished(folder) == 0);
    assertThat(services.snapshots.list(StoreLocation.of(store))).hasSize(1);
  }

  private static long unfinished(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".tmp")).count();
    }
  }

  @Test
  void nothingIsRestoredWhileARunIsAtWork() throws Exception {
    Path store = store();
    services.enricher.hold();
    show(store);
    press("#upgradeAll");
    press("#yes");
    until(() -> on("#pause"));
    openSnapshots();
    choose(0);
    until(() -> says("A run is at work. Snapshots can be restored when it has ended."));
    assertThat(ask(() -> button("#restoreSnapshot").isDisabled())).isTrue();
    services.enricher.release();
    until(() -> !button("#restoreSnapshot").isDisabled());
  }

  @Test
  void theRulesAreShownAndRemembered() throws Exception {
    services.rules = new SnapshotRules(false, 9, 3);
    show(store());
    openSnapshots();
    until(() -> node("#kept", Spinner.class).getValue().equals(9));
    assertThat(ask(() -> node("#beforeRuns", CheckBox.class).isSelected())).isFalse();
    run(() -> node("#beforeRuns", CheckBox.class).setSelected(true));
    run(() -> node("#kept", Spinner.class).decrement());
    run(() -> node("#snapshotGigabytes", Spinner.class).increment());
    until(() -> services.rules.equals(new SnapshotRules(true, 8, 4)));
  }

  @Test
  void aSnapshotThatIsGoneIsOneSentence() throws Exception {
    Path store = store();
    show(store);
    openSnapshots();
    choose(0);
    assertThat(services.snapshots.list(StoreLocation.of(store)).getFirst().file().toFile().delete())
        .isTrue();
    press("#restoreSnapshot");
    press("#yes");
    until(() -> notes("There is no file") && notes("nothing was changed"));
    assertThat(ask(() -> node("#totals", Label.class).getText())).contains("12 legacy");
  }
}
