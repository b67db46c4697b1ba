package dev.memoryconsole.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.controls.Notification;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.ui.OtherConsole;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.upgrade.EntryOutcome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.event.ActionEvent;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Runs that go on, are taken back, change their pace, or belong to somebody else. */
class ResumeAndUndoInWindowTest extends WindowTest {

  @Test
  void aRunWhoseProcessWasKilledIsOfferedAndGoesOn() throws Exception {
    Path store = services.store("a.db", legacy(30));
    try (OtherConsole other = new OtherConsole(store, services.journal())) {
      other.upgrade(12);
    }
    show(store);
    until(() -> says("Run 1 was interrupted: 12 of 30 entries are done."));
    press("#resumeOffered");
    until(() -> says("Run 1 done"));
    until(() -> says("30 memories  ·  0 legacy"));
    assertThat(says("30 / 30")).isTrue();
    assertThat(chip("30 upgraded")).isTrue();
    press("#expand");
    assertThat(outcomes()).hasSize(18);
    assertThat(on("#resumeOffered")).isFalse();
    press("#runs");
    until(() -> says("Run 1 · upgrade"));
    assertThat(on("#resumeRun")).isFalse();
  }

  @Test
  void laterMeansLater() throws Exception {
    Path store = services.store("a.db", legacy(10));
    try (OtherConsole other = new OtherConsole(store, services.journal())) {
      other.upgrade(3);
    }
    show(store);
    press("#resumeLater");
    until(() -> !on("#resumeOffered"));
    press("#runs");
    until(() -> on("#resumeRun"));
    assertThat(on("#resumeOffered")).isFalse();
    press("#resumeRun");
    until(() -> says("Run 1 done"));
    until(() -> says("10 memories  ·  0 legacy"));
  }

  @Test
  void aCancelledRunIsNotOfferedButCanGoOn() throws Exception {
    services.enricher.hold();
    services.enricher.permit(8);
    show(services.store("a.db", legacy(30)));
    press("#upgradeAll");
    press("#yes");
    press("#expand");
    until(() -> !outcomes().isEmpty());
    press("#cancel");
    until(() -> says("Run 1 cancelled"));
    services.enricher.release();
    press("#dismiss");
    press("#runs");
    until(() -> on("#resumeRun"));
    assertThat(on("#resumeOffered")).isFalse();
    press("#resumeRun");
    until(() -> says("Run 1 done"));
    until(() -> says("30 memories  ·  0 legacy"));
    until(() -> !on("#resumeRun"));
  }

  @Test
  void theRunBarItselfGoesOnWithWhatItShows() throws Exception {
    services.enricher.hold();
    show(services.store("a.db", legacy(30)));
    press("#upgradeAll");
    press("#yes");
    until(() -> on("#pause"));
    press("#cancel");
    until(() -> says("Run 1 cancelled"));
    services.enricher.release();
    press("#resume");
    until(() -> says("Run 1 done"));
    assertThat(on("#resume")).isFalse();
    assertThat(chip("30 upgraded")).isTrue();
    until(() -> says("0 legacy"));
  }

  @Test
  void whatAnotherProgramOverwroteIsFoundOnDemandAndReapplied() throws Exception {
    Path store = services.store("a.db", legacy(12));
    @Nullable String old = metadata(store).get(legacy(12).getFirst().id());
    show(store);
    press("#upgradeAll");
    press("#yes");
    until(() -> says("12 memories  ·  0 legacy"));
    press("#dismiss");
    press("#runs");
    until(() -> on("#checkRun"));
    press("#checkRun");
    until(() -> notice("All 12 memories that run 1 wrote are in place."));
    overwrite(store, legacy(12).getFirst().id(), old);
    press("#checkRun");
    until(() -> says("Another program wrote an older copy over 1 memory of run 1."));
    press("#reapplyOffered");
    until(() -> says("1 re-applied  ·  verified"));
    until(() -> says("12 memories  ·  0 legacy"));
    assertThat(on("#reapplyOffered")).isFalse();
    until(() -> says("re-applied"));
  }

  private static void overwrite(Path store, String id, @Nullable String metadata)
      throws SQLException {
    try (Connection agent = DriverManager.getConnection("jdbc:sqlite:" + store);
        PreparedStatement write =
            agent.prepareStatement("UPDATE memories SET metadata = ? WHERE id = ?")) {
      write.setString(1, metadata);
      write.setString(2, id);
      write.executeUpdate();
    }
  }

  @Test
  void aRunIsTakenBackAndTheUndoToo() throws Exception {
    Path store = services.store("a.db", legacy(12));
    Map<String, String> before = metadata(store);
    show(store);
    press("#upgradeAll");
    press("#yes");
    until(() -> says("12 memories  ·  0 legacy"));
    press("#runs");
    press("#undoRun");
    until(() -> says("Undo run 1?"));
    assertThat(says("takes back what run 1 wrote in 12 memories")).isTrue();
    press("#no");
    assertThat(says("0 legacy")).isTrue();
    press("#undoRun");
    press("#yes");
    until(() -> says("Run 2: undo done"));
    until(() -> says("12 memories  ·  12 legacy"));
    assertThat(chip("12 undone")).isTrue();
    assertThat(metadata(store)).isEqualTo(before);
    until(() -> says("12 undone by run 2"));
    select("#runList", 0);
    until(() -> says("Run 2 · undo of run 1") && on("#undoRun"));
    press("#undoRun");
    until(() -> says("This writes again what it took back in 12 memories"));
    press("#yes");
    until(() -> says("Run 3: undo done"));
    until(() -> says("12 memories  ·  0 legacy"));
  }

  @Test
  void onlyTheChosenEntriesAreTakenBack() throws Exception {
    show(services.store("a.db", legacy(12)));
    press("#upgradeAll");
    press("#yes");
    until(() -> says("12 memories  ·  0 legacy"));
    press("#runs");
    until(() -> entries().getItems().size() == 12);
    assertThat(on("#undoChosen")).isFalse();
    run(() -> entries().getSelectionModel().selectIndices(2, 5, 7));
    press("#undoChosen");
    until(() -> says("takes back what run 1 wrote in 3 memories"));
    press("#yes");
    until(() -> says("Run 2: undo done"));
    until(() -> says("12 memories  ·  3 legacy"));
    press("#expand");
    assertThat(outcomes())
        .extracting(EntryOutcome::id)
        .containsExactlyInAnyOrder("m02", "m05", "m07");
  }

  @Test
  void oneMemoryIsTakenBackFromItsHistory() throws Exception {
    show(services.store("a.db", legacy(5)));
    press("#upgradeAll");
    press("#yes");
    until(() -> says("5 memories  ·  0 legacy"));
    click(3, false, false);
    tab(3);
    until(() -> on("#history") && !node("#history", TableView.class).getItems().isEmpty());
    assertThat(ask(() -> node("#undoPast", Button.class).isDisabled())).isTrue();
    select("#history", 0);
    press("#undoPast");
    until(() -> says("takes back what run 1 wrote in one memory"));
    press("#yes");
    until(() -> says("5 memories  ·  1 legacy"));
  }

  @Test
  void anUndoneEntryShowsWhatWasTakenBackEvenIfNothingIsLeft() throws Exception {
    MemoryEntry bare = new MemoryEntry("bare", "One. Two.", "fact", "global", 0.5, 1L, null, 1);
    Path store = services.store("a.db", List.of(bare));
    show(store);
    press("#upgradeAll");
    press("#yes");
    until(() -> says("1 memory  ·  0 legacy"));
    press("#runs");
    press("#undoRun");
    press("#yes");
    until(() -> says("1 memory  ·  1 legacy"));
    assertThat(metadata(store)).containsEntry("bare", "null");
    select("#runList", 0);
    until(() -> says("Run 2 · undo of run 1") && written(EntryState.UNDONE));
    run(() -> entries().getSelectionModel().select(0));
    until(() -> says("there was none before the upgrade"));
    until(() -> says("l0_abstract") && says("ours, removed"));
  }

  @Test
  void morePlacesMeanMoreAtOnce() throws Exception {
    services.enricher.hold();
    show(services.store("a.db", legacy(30)));
    press("#upgradeAll");
    press("#yes");
    until(() -> services.enricher.waiting() == 8);
    until(() -> "8 at once".equals(places().getEditor().getText()));
    run(() -> places().requestFocus());
    run(() -> places().getEditor().setText("12"));
    run(() -> places().getEditor().fireEvent(new ActionEvent()));
    until(() -> services.enricher.waiting() == 12);
    run(() -> places().requestFocus());
    key(KeyCode.UP, false, false);
    until(() -> services.enricher.waiting() == 13);
    until(() -> "13 at once".equals(places().getEditor().getText()));
    run(() -> places().getEditor().setText("many"));
    run(() -> places().getEditor().fireEvent(new ActionEvent()));
    until(() -> "13 at once".equals(places().getEditor().getText()));
    services.enricher.release();
    until(() -> says("Run 1 done"));
    assertThat(on("#concurrency")).isFalse();
  }

  @Test
  void somebodyElsesRunIsShownAndFollowedAndNothingElseStarts() throws Exception {
    Path store = services.store("a.db", legacy(20));
    try (OtherConsole other = new OtherConsole(store, services.journal())) {
      other.upgrade(4);
      show(store);
      assertThat(on("#resumeOffered")).isFalse();
      press("#upgradeAll");
      press("#yes");
      until(() -> notice("at work in another Memory Console (process " + other.pid() + ")"));
      assertThat(on(".notification.warning")).isTrue();
      assertThat(on(".notification.danger")).isFalse();
      press("#runs");
      until(() -> says("Running in another Memory Console (process " + other.pid() + ")"));
      assertThat(on("#pause") || on("#cancel") || on("#undoRun") || on("#resumeRun")).isFalse();
      other.upgrade(5);
      until(() -> says("20 memories  ·  11 legacy"));
      other.pause();
      until(() -> says("Paused in another Memory Console (process " + other.pid() + ")"));
      other.kill();
      until(() -> says("Run 1 was interrupted: 9 of 20 entries are done."));
      press("#resumeOffered");
      until(() -> says("Run 1 done"));
      until(() -> says("20 memories  ·  0 legacy"));
      assertThat(on(".notification.warning")).isFalse();
    }
  }

  /** Whether the run bar counts this. */
  private boolean chip(String words) {
    return ask(
        () ->
            root().lookupAll(".run-bar .chip").stream()
                .anyMatch(
                    node ->
                        node instanceof ToggleButton chip
                            && visible(chip)
                            && words.equals(chip.getText())));
  }

  private boolean notice(String words) {
    return root().lookupAll(".notification").stream()
        .anyMatch(
            node ->
                node instanceof Notification shown
                    && visible(shown)
                    && shown.getMessage().contains(words));
  }

  private boolean written(EntryState state) {
    return entries().getItems().stream()
        .anyMatch(item -> item instanceof EntryRecord entry && entry.state() == state);
  }

  private TableView<?> entries() {
    return (TableView<?>) root().lookup("#runEntries");
  }

  @SuppressWarnings("unchecked")
  private Spinner<Integer> places() {
    return node("#concurrency", Spinner.class);
  }

  private void select(String list, int index) {
    until(() -> on(list));
    run(
        () -> {
          if (root().lookup(list) instanceof TableView<?> table) {
            table.getSelectionModel().select(index);
          } else if (root().lookup(list) instanceof ListView<?> view) {
            view.getSelectionModel().select(index);
          }
        });
  }

  private static Map<String, String> metadata(Path store) throws InterruptedException {
    try (MemoryStore read = SqliteStore.open(store)) {
      return read.page(EntryQuery.ALL, 0, 1_000).stream()
          .collect(Collectors.toMap(MemoryEntry::id, row -> String.valueOf(row.metadata())));
    }
  }

  @SuppressWarnings("unchecked")
  private List<EntryOutcome> outcomes() {
    return ask(
        () -> List.copyOf(((TableView<EntryOutcome>) root().lookup("#outcomes")).getItems()));
  }
}
