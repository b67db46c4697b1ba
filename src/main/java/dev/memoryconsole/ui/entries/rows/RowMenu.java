package dev.memoryconsole.ui.entries.rows;

import dev.memoryconsole.exchange.form.EntryClip;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.query.QueryKeys;
import dev.memoryconsole.ui.common.text.Messages;
import java.util.List;
import java.util.Objects;
import javafx.event.EventTarget;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/**
 * The menu of a row, what a double click does, and Ctrl+C. Its items have no accelerators: those of
 * a control's menu hold in the whole window, where Enter and Ctrl+C are others'.
 */
public final class RowMenu {
  private static final KeyCombination COPY =
      new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
  private static final KeyCombination COPY_ID =
      new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);

  private final Rows rows;
  private final RowActions actions;
  private final Messages messages;
  private final ContextMenu menu = new ContextMenu();

  private RowMenu(Rows rows, RowActions actions, Messages messages) {
    this.rows = rows;
    this.actions = actions;
    this.messages = messages;
  }

  /** Gives a table its menu. */
  public static void of(TableView<?> table, Rows rows, RowActions actions, Messages messages) {
    RowMenu menu = new RowMenu(rows, actions, messages);
    // Filled when it is asked for: a menu without any item is not shown at all.
    menu.menu.getItems().add(new MenuItem());
    menu.menu.setOnShowing(event -> menu.fill());
    table.setContextMenu(menu.menu);
    table.addEventHandler(KeyEvent.KEY_PRESSED, menu::keyPressed);
    table.addEventHandler(MouseEvent.MOUSE_CLICKED, menu::clicked);
  }

  private void fill() {
    MemoryEntry current = rows.current();
    if (current == null) {
      menu.getItems().setAll(exportAll());
      return;
    }
    Targets targets = Targets.ofMouse(rows);
    MenuItem open = item("rowOpen", messages.get("rows.open"), rows::open);
    MenuItem choose =
        item(
            "rowChoose",
            messages.get(rows.isChosen(current.id()) ? "rows.unselect" : "rows.select"),
            () -> rows.toggle(current.id()));
    MenuItem copy = copy(targets, EntryClip.TEXT, "rows.copy");
    Menu as = new Menu(messages.get("rows.copyAs"));
    MenuItem id = copy(targets, EntryClip.ID, "rows.copyId");
    as.getItems()
        .setAll(
            id,
            copy(targets, EntryClip.MARKDOWN, "rows.copyMarkdown"),
            copy(targets, EntryClip.JSON, "rows.copyJson"),
            copy(targets, EntryClip.CSV, "rows.copyCsv"));
    menu.getItems()
        .setAll(
            List.of(
                open,
                choose,
                new SeparatorMenuItem(),
                copy,
                as,
                new SeparatorMenuItem(),
                change(targets),
                new SeparatorMenuItem(),
                only(QueryKeys.SCOPE, current.scope()),
                only(QueryKeys.CATEGORY, current.category()),
                new SeparatorMenuItem(),
                item(
                    "rowExport",
                    messages.get("rows.export", targets.count()),
                    () -> actions.export(targets)),
                exportAll()));
  }

  private Menu change(Targets targets) {
    Menu change = new Menu(messages.get("change.menu"));
    change.getItems().setAll(ChangeItems.of(targets, actions, messages));
    return change;
  }

  private MenuItem copy(Targets targets, EntryClip form, String name) {
    return item(
        "row" + form.name(),
        messages.get(name, targets.count()),
        () -> actions.copy(targets, form));
  }

  private MenuItem only(String key, @Nullable String value) {
    String written = Objects.requireNonNullElse(value, "");
    String name =
        written.isEmpty()
            ? messages.get(key.equals(QueryKeys.SCOPE) ? "entries.noScope" : "entries.noCategory")
            : written;
    MenuItem item =
        item(
            "only-" + key, messages.get("rows.only", name), () -> rows.only(key, List.of(written)));
    // What memories are called is no mnemonic.
    item.setMnemonicParsing(false);
    return item;
  }

  private MenuItem exportAll() {
    return item(
        "rowExportAll",
        messages.get("rows.exportAll", rows.matching()),
        () -> actions.exportAll(rows.query()));
  }

  private static MenuItem item(String id, String words, Runnable action) {
    MenuItem item = new MenuItem(words);
    item.setId(id);
    item.setOnAction(event -> action.run());
    return item;
  }

  private void keyPressed(KeyEvent event) {
    if (COPY.match(event)) {
      actions.copy(Targets.ofKeyboard(rows), EntryClip.TEXT);
    } else if (COPY_ID.match(event)) {
      actions.copy(Targets.ofKeyboard(rows), EntryClip.ID);
    } else {
      return;
    }
    event.consume();
  }

  private void clicked(MouseEvent event) {
    if (event.getButton() == MouseButton.PRIMARY
        && event.getClickCount() == 2
        && rows.current() != null
        && isOnRow(event.getTarget())) {
      rows.open();
      event.consume();
    }
  }

  private static boolean isOnRow(EventTarget target) {
    Node node = target instanceof Node hit ? hit : null;
    while (node != null && !(node instanceof TableRow<?>)) {
      node = node.getParent();
    }
    return node instanceof TableRow<?> row && !row.isEmpty();
  }
}
