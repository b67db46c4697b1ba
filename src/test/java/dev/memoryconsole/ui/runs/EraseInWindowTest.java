package dev.memoryconsole.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.controls.Notification;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Sql;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Test;

/** Erasing for good what a run deleted, from the runs screen. */
class EraseInWindowTest extends WindowTest {
  private static final String KEPT = "SELECT count(*) FROM results WHERE row_before IS NOT NULL";

  private Path deleted() throws InterruptedException {
    Path store = services.store("agent-main.db", legacy(5));
    try (MemoryStore open = SqliteStore.open(store)) {
      services.snapshots.take(open, 7, SnapshotProgress.NONE);
    }
    try (Upgrades upgrades =
        new UpgradeService(
            SqliteStore.open(store),
            new SqliteJournal(services.journal()),
            new SimpleEnricher(),
            Clock.systemUTC())) {
      List<String> ids = upgrades.store().ids(EntryQuery.ALL, 3);
      upgrades
          .mend(
              MendPreview.ofDeletion(upgrades.store(), ids, looked -> {}).mends(),
              UpgradeOptions.DEFAULT)
          .await();
    }
    return store;
  }

  private boolean notes(String words) {
    return root().lookupAll(".notification").stream()
        .anyMatch(
            node -> node instanceof Notification notice && notice.getMessage().contains(words));
  }

  @Test
  void itTakesTheNumberAndThenNothingIsKept() throws Exception {
    show(deleted());
    press("#runs");
    until(() -> on("#eraseRun"));
    assertThat(Sql.value(services.journal(), KEPT)).isEqualTo("3");
    press("#eraseRun");
    until(() -> says("Erase for good what run 1 deleted?"));
    until(() -> says("A snapshot from before holds them still"));
    assertThat(says("index of words")).isTrue();
    assertThat(node("#yes", Button.class).isDisabled()).isTrue();
    Pictures.shoot(stage, "93-erase-for-good");
    run(() -> node("#questionNumber", TextField.class).setText("4"));
    assertThat(node("#yes", Button.class).isDisabled()).isTrue();
    run(() -> node("#questionNumber", TextField.class).setText("3"));
    press("#yes");
    until(() -> notes("What the journal kept of 3 deleted memories is erased for good."));
    until(() -> !on("#eraseRun"));
    assertThat(Sql.value(services.journal(), KEPT)).isEqualTo("0");
    until(() -> node("#runEntries", TableView.class).getItems().size() == 3);
    run(() -> node("#runEntries", TableView.class).getSelectionModel().select(0));
    until(() -> says("was erased for good; it can't be put back"));
    Pictures.shoot(stage, "94-erased");
    press("#undoRun");
    press("#yes");
    until(() -> notes("What run 1 deleted was erased for good"));
  }

  @Test
  void aRunThatDeletedByTakingBackAnUndoOffersItToo() throws Exception {
    Path store = deleted();
    try (Upgrades upgrades =
        new UpgradeService(
            SqliteStore.open(store),
            new SqliteJournal(services.journal()),
            new SimpleEnricher(),
            Clock.systemUTC())) {
      upgrades.undo(1, List.of(), UpgradeOptions.DEFAULT).await();
      upgrades.undo(2, List.of(), UpgradeOptions.DEFAULT).await();
    }
    show(store);
    press("#runs");
    // The newest is shown first.
    until(() -> on("#eraseRun"));
    press("#eraseRun");
    until(() -> says("Erase for good what run 3 deleted?"));
  }

  @Test
  void aRunThatDeletedNothingOffersNothing() throws Exception {
    Path store = services.store("a.db", legacy(3));
    try (Upgrades upgrades =
        new UpgradeService(
            SqliteStore.open(store),
            new SqliteJournal(services.journal()),
            new SimpleEnricher(),
            Clock.systemUTC())) {
      upgrades.upgrade(EntryQuery.ALL, 3, UpgradeOptions.DEFAULT).await();
    }
    show(store);
    press("#runs");
    until(() -> on("#undoRun"));
    assertThat(on("#eraseRun")).isFalse();
  }
}
