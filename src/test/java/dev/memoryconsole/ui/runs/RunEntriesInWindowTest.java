package dev.memoryconsole.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import java.util.List;
import javafx.event.Event;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.Test;

/** What can be done with the entries of a run, which tell of memories. */
class RunEntriesInWindowTest extends WindowTest {
  @SuppressWarnings("unchecked")
  private TableView<EntryRecord> entries() {
    return node("#runEntries", TableView.class);
  }

  private void showARun() throws Exception {
    show(services.store("a.db", legacy(6)));
    press("#upgradeAll");
    press("#yes");
    until(() -> says("Run 1 done"));
    press("#runs");
    until(() -> entries().getItems().size() == 6);
    run(() -> entries().getSelectionModel().select(1));
    until(() -> id(1).startsWith("m"));
    run(() -> entries().requestFocus());
  }

  private String id(int row) {
    return ask(() -> entries().getItems().get(row).id());
  }

  private boolean showsMemory(String id) {
    return on("#table")
        && root().lookupAll("#facts .mono").stream()
            .anyMatch(node -> node instanceof Label label && label.getText().equals(id));
  }

  private MenuItem menu(String id) {
    return ask(
        () -> {
          Event.fireEvent(
              entries().getContextMenu(), new WindowEvent(null, WindowEvent.WINDOW_SHOWING));
          return entries().getContextMenu().getItems().stream()
              .filter(item -> id.equals(item.getId()))
              .findFirst()
              .orElseThrow();
        });
  }

  private static String copied() {
    return ask(() -> Clipboard.getSystemClipboard().getString());
  }

  @Test
  void enterLeadsToTheMemoryAndTheMenuToo() throws Exception {
    showARun();
    String id = id(1);
    key(KeyCode.ENTER, false, false);
    until(() -> showsMemory(id));
    press("#runs");
    until(() -> !on("#table"));
    run(() -> entries().getSelectionModel().clearAndSelect(2));
    String other = id(2);
    MenuItem open = menu("entryOpen");
    assertThat(open.getText()).isEqualTo("Open the memory");
    run(open::fire);
    until(() -> showsMemory(other));
  }

  @Test
  void inASmallWindowWordsComeBeforeFigures() throws Exception {
    showARun();
    assertThat(ask(() -> entries().getVisibleLeafColumns())).hasSize(6);
    run(() -> stage.setWidth(900));
    until(() -> entries().getVisibleLeafColumns().size() == 4);
    until(() -> entries().getVisibleLeafColumn(2).getWidth() > 150);
    Pictures.shoot(stage, "96-runs-narrow");
    run(() -> stage.setWidth(1280));
    until(() -> entries().getVisibleLeafColumns().size() == 6);
  }

  @Test
  void wholeIdsAreCopied() throws Exception {
    showARun();
    key(KeyCode.C, true, false);
    assertThat(copied()).isEqualTo(id(1));
    run(() -> entries().getSelectionModel().select(3));
    MenuItem copy = menu("entryCopyId");
    assertThat(copy.getText()).isEqualTo("Copy 2 ids");
    run(copy::fire);
    assertThat(List.of(copied().split("\n"))).containsExactlyInAnyOrder(id(1), id(3));
    run(() -> entries().getSelectionModel().clearSelection());
    assertThat(menu("entryOpen").isDisable()).isTrue();
  }
}
