package dev.memoryconsole.ui.entries;

import dev.memoryconsole.ui.common.table.Cells;
import dev.memoryconsole.ui.common.table.ColumnFit;
import dev.memoryconsole.ui.common.table.LazyList;
import dev.memoryconsole.ui.common.table.StateBadge;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.entries.find.MatchCells;
import dev.memoryconsole.ui.entries.look.OfferedOrders;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/**
 * The table's cells and how its rows are chosen. A click makes a row the current one; Ctrl+click,
 * Space and the check box choose it, Shift+click chooses up to it. What is chosen is kept by id in
 * the view model, so that it survives sorting and paging.
 */
final class MemoryTable {
  private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
  private static final double ENOUGH_FOR_TEXT = 260;

  private final TableView<MemoryRow> table;
  private final EntriesViewModel model;
  private final CheckBox all = new CheckBox();
  private int anchor;
  private boolean binding;

  MemoryTable(TableView<MemoryRow> table, EntriesViewModel model) {
    this.table = table;
    this.model = model;
    table.setRowFactory(any -> new MemoryTableRow());
    table.setFixedCellSize(28);
    table.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    model.selection().size().addListener(value -> table.refresh());
  }

  /** Has the table show what the view model does. */
  void bind() {
    all.setOnAction(
        event -> {
          if (all.isSelected()) {
            model.selection().chooseAllMatching();
          } else {
            model.selection().clear();
          }
        });
    model.selection().size().addListener(value -> showChosen());
    model.matching().addListener(value -> showChosen());
    // The store sorts, not the table: it holds only the pages somebody looked at.
    table.setSortPolicy(
        any -> {
          if (!binding) {
            sort();
          }
          return true;
        });
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (value, before, now) -> {
              if (now != null && now.isLoaded() && !binding) {
                model.current().set(now);
              }
            });
    model.rows().addListener((value, before, now) -> show(now));
    model.filter().filter().addListener((value, before, now) -> showOrder(now));
    // A row that stays where it was is not drawn again, though other words may be marked in it.
    model.filter().filter().addListener(value -> table.refresh());
  }

  /** Draws the arrow where the order is, also if it is another one than was clicked. */
  private void showOrder(Filter now) {
    TableColumn<MemoryRow, ?> by =
        table.getSortOrder().isEmpty() ? null : table.getSortOrder().getFirst();
    String wanted = now.sort().name().toLowerCase(Locale.ROOT);
    TableColumn.SortType type =
        now.ascending() ? TableColumn.SortType.ASCENDING : TableColumn.SortType.DESCENDING;
    boolean usual = now.sort() == Filter.NONE.sort() && now.ascending() == Filter.NONE.ascending();
    boolean same = by == null ? usual : wanted.equals(by.getId()) && by.getSortType() == type;
    if (same) {
      return;
    }
    binding = true;
    if (usual) {
      table.getSortOrder().clear();
    } else {
      column(wanted).setSortType(type);
      table.getSortOrder().setAll(List.of(column(wanted)));
    }
    binding = false;
  }

  private void sort() {
    TableColumn<MemoryRow, ?> by =
        table.getSortOrder().isEmpty() ? null : table.getSortOrder().getFirst();
    model
        .filter()
        .sortBy(
            by == null ? null : by.getId(),
            by != null && by.getSortType() == TableColumn.SortType.ASCENDING);
  }

  private void showChosen() {
    long chosen = model.selection().size().get();
    all.setIndeterminate(chosen > 0 && chosen < model.matching().get());
    all.setSelected(chosen > 0 && chosen == model.matching().get());
  }

  private void show(LazyList<MemoryRow> rows) {
    int at = table.getSelectionModel().getSelectedIndex();
    MemoryRow current = model.current().get();
    List<TableColumn<MemoryRow, ?>> order = List.copyOf(table.getSortOrder());
    binding = true;
    table.setItems(rows);
    // A table forgets its sort order with its items.
    table.getSortOrder().setAll(order);
    binding = false;
    MemoryRow there = at >= 0 && at < rows.size() ? rows.loaded(at) : null;
    if (current != null && there != null && there.id().equals(current.id())) {
      table.getSelectionModel().clearAndSelect(at);
    }
    showChosen();
  }

  /** Draws its cells. */
  void draw(Messages messages, Times times) {
    // While they are listed there are none; the toolkit's own words are of one language.
    table.setPlaceholder(new Label());
    all.setAccessibleText(messages.get("entries.chooseAll"));
    TableColumn<MemoryRow, MemoryRow> check = column("check");
    check.setGraphic(all);
    Cells.draw(
        check,
        (cell, row) -> {
          CheckBox box = new CheckBox();
          box.setSelected(row.isLoaded() && model.selection().contains(row.id()));
          box.setFocusTraversable(false);
          // The row handles the click, whatever of the cell it hits.
          box.setMouseTransparent(true);
          cell.setAlignment(Pos.CENTER);
          cell.setGraphic(box);
        });
    Cells.draw(
        column("state"),
        (cell, row) -> {
          if (row.isLoaded()) {
            cell.setGraphic(StateBadge.label(row.badge(), messages.get(row.badge().key())));
          }
        });
    MatchCells.longText(
        column("text"),
        row -> row.isGone() ? messages.get("entries.gone") : row.line(),
        row -> row.entry() == null ? "" : row.entry().text(),
        () -> model.filter().get().phrases());
    Cells.text(column("category"), MemoryRow::categories);
    Cells.text(column("scope"), MemoryRow::scope);
    Cells.text(column("tier"), MemoryRow::tier);
    OfferedOrders.offer(
        List.of(column("tier")),
        Stream.of("state", "text", "category", "scope", "importance").map(this::column).toList(),
        model.totalsProperty(),
        messages);
    Cells.text(column("importance"), row -> importance(row, messages));
    Cells.time(column("time"), times, MemoryRow::time);
    Cells.longText(column("id"), MemoryRow::shortId, MemoryRow::id);
    column("id").getStyleClass().add("mono-column");
  }

  ColumnFit<MemoryRow> fit() {
    return new ColumnFit<>(
        table,
        column("text"),
        ENOUGH_FOR_TEXT,
        List.of(
            column("id"),
            column("importance"),
            column("tier"),
            column("scope"),
            column("category"),
            column("time")));
  }

  private static String importance(MemoryRow row, Messages messages) {
    Double value = row.importance();
    return value == null ? "" : messages.numbers().decimal(value, 2);
  }

  // The columns are declared as columns of the row itself, in Entries.fxml.
  @SuppressWarnings("unchecked")
  private TableColumn<MemoryRow, MemoryRow> column(String id) {
    return (TableColumn<MemoryRow, MemoryRow>)
        table.getColumns().stream().filter(c -> id.equals(c.getId())).findFirst().orElseThrow();
  }

  private void keyPressed(KeyEvent event) {
    int focused = table.getFocusModel().getFocusedIndex();
    if (event.getCode() == KeyCode.A && event.isShortcutDown()) {
      model.selection().chooseAllMatching();
      event.consume();
    } else if (event.getCode() == KeyCode.SPACE && focused >= 0) {
      toggle(focused);
      event.consume();
    } else if (event.isShiftDown()
        && (event.getCode() == KeyCode.DOWN || event.getCode() == KeyCode.UP)) {
      int next = focused + (event.getCode() == KeyCode.DOWN ? 1 : -1);
      if (next >= 0 && next < table.getItems().size()) {
        model.chooseRange(focused, next);
        table.getSelectionModel().clearAndSelect(next);
        table.scrollTo(Math.max(0, next - 2));
      }
      event.consume();
    }
  }

  private void toggle(int index) {
    MemoryRow row = model.rows().get().loaded(index);
    if (row != null && row.isLoaded()) {
      model.selection().toggle(row.id());
      anchor = index;
    }
  }

  private final class MemoryTableRow extends TableRow<MemoryRow> {
    MemoryTableRow() {
      addEventFilter(MouseEvent.MOUSE_PRESSED, this::pressed);
    }

    @Override
    protected void updateItem(@Nullable MemoryRow item, boolean empty) {
      super.updateItem(item, empty);
      pseudoClassStateChanged(
          CHOSEN,
          !empty && item != null && item.isLoaded() && model.selection().contains(item.id()));
    }

    private void pressed(MouseEvent event) {
      if (isEmpty() || event.getButton() != MouseButton.PRIMARY) {
        return;
      }
      boolean onCheck = event.getX() < table.getColumns().getFirst().getWidth();
      if (event.isShiftDown()) {
        model.chooseRange(anchor, getIndex());
      } else if (event.isShortcutDown() || onCheck) {
        toggle(getIndex());
      } else {
        anchor = getIndex();
        return;
      }
      table.requestFocus();
      table.getFocusModel().focus(getIndex());
      event.consume();
    }
  }
}
