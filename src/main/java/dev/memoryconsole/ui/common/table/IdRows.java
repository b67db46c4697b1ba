package dev.memoryconsole.ui.common.table;

import dev.memoryconsole.ui.common.text.Messages;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/**
 * Rows that tell of memories elsewhere than where these are listed: a double click, Enter and the
 * menu of a row lead to the memory, Ctrl+C copies whole ids.
 */
public final class IdRows<T> {
  /** A clipboard is no place for a whole run. */
  private static final int MOST_COPIED = 10_000;

  private static final KeyCombination COPY =
      new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

  private final TableView<T> table;
  private final Function<T, String> id;
  private final Consumer<String> open;

  private IdRows(TableView<T> table, Function<T, String> id, Consumer<String> open) {
    this.table = table;
    this.id = id;
    this.open = open;
  }

  /**
   * Gives the rows of a table these ways.
   *
   * @param id of a row's memory; empty while the row is loaded
   * @param open shows a memory
   */
  public static <T> void of(
      TableView<T> table, Function<T, String> id, Consumer<String> open, Messages messages) {
    IdRows<T> rows = new IdRows<>(table, id, open);
    MenuItem show = new MenuItem(messages.get("rows.openMemory"));
    show.setId("entryOpen");
    show.setOnAction(event -> rows.open());
    MenuItem copy = new MenuItem();
    copy.setId("entryCopyId");
    copy.setOnAction(event -> rows.copy());
    ContextMenu menu = new ContextMenu(show, copy);
    menu.setOnShowing(
        event -> {
          int chosen = rows.ids().size();
          show.setDisable(chosen == 0);
          copy.setDisable(chosen == 0);
          copy.setText(messages.get("rows.copyIds", Math.max(1, chosen)));
        });
    table.setContextMenu(menu);
    table.addEventHandler(KeyEvent.KEY_PRESSED, rows::keyPressed);
    table.addEventHandler(MouseEvent.MOUSE_CLICKED, rows::clicked);
  }

  private List<String> ids() {
    return table.getSelectionModel().getSelectedItems().stream()
        .limit(MOST_COPIED)
        .map(row -> row == null ? "" : id.apply(row))
        .filter(each -> !each.isEmpty())
        .toList();
  }

  private void open() {
    T row = table.getSelectionModel().getSelectedItem();
    if (row != null && !id.apply(row).isEmpty()) {
      open.accept(id.apply(row));
    }
  }

  private void copy() {
    List<String> ids = ids();
    if (!ids.isEmpty()) {
      ClipboardContent content = new ClipboardContent();
      content.putString(String.join("\n", ids));
      Clipboard.getSystemClipboard().setContent(content);
    }
  }

  private void keyPressed(KeyEvent event) {
    if (COPY.match(event)) {
      copy();
    } else if (event.getCode() == KeyCode.ENTER) {
      open();
    } else {
      return;
    }
    event.consume();
  }

  private void clicked(MouseEvent event) {
    Node at = event.getTarget() instanceof Node hit ? hit : null;
    while (at != null && !(at instanceof TableRow<?>)) {
      at = at.getParent();
    }
    boolean onRow = at instanceof TableRow<?> row && !row.isEmpty();
    if (onRow && event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
      open();
      event.consume();
    }
  }
}
