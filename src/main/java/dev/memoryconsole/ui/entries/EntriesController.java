package dev.memoryconsole.ui.entries;

import dev.memoryconsole.settings.look.SavedView;
import dev.memoryconsole.settings.look.WindowLook;
import dev.memoryconsole.ui.common.table.ColumnFit;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.entries.look.ColumnLook;
import dev.memoryconsole.ui.entries.look.LookKeeper;
import dev.memoryconsole.ui.entries.look.ViewsMenu;
import dev.memoryconsole.ui.entries.rows.RowActions;
import dev.memoryconsole.ui.entries.rows.RowMenu;
import dev.memoryconsole.ui.entries.rows.Rows;
import java.util.List;
import java.util.Objects;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Binds the memories screen to its view model: the table, and the details beside it. */
public final class EntriesController {
  private static final double DIVIDER = 0.66;
  // So many times as wide as the details have to be, a window has room for both. They grow with the
  // text.
  private static final double WIDE = 3;

  private final EntriesViewModel model;
  private final Rows menuRows;
  private final RowActions actions;
  private final LookKeeper keeper;
  private final Messages messages;
  private final Times times;
  private boolean wide = true;
  private double divider = DIVIDER;
  private @Nullable ColumnLook<MemoryRow> columns;

  @FXML private SplitPane root;
  @FXML private VBox main;
  @FXML private FilterBarController filterBarController;
  @FXML private TableView<MemoryRow> table;
  @FXML private Parent details;
  @FXML private DetailsController detailsController;

  /** Called by the loader. */
  public EntriesController(
      EntriesViewModel model,
      Rows menuRows,
      RowActions actions,
      LookKeeper keeper,
      Messages messages,
      Times times) {
    this.model = model;
    this.menuRows = menuRows;
    this.actions = actions;
    this.keeper = keeper;
    this.messages = messages;
    this.times = times;
  }

  @FXML
  void initialize() {
    MemoryTable rows = new MemoryTable(table, model);
    rows.draw(messages, times);
    rows.bind();
    RowMenu.of(table, menuRows, actions, messages);
    ColumnFit<MemoryRow> fit = rows.fit();
    filterBarController.offer(fit);
    columns = new ColumnLook<>(table, fit);
    ViewsMenu.of(filterBarController.views(), keeper, this::view, this::show, messages);
    keeper.load(this::arrange);
    filterBarController.onToggleDetails(this::toggleDetails);
    detailsController.onClose(this::toggleDetails);
    detailsController.onStep(this::step);
    detailsController.searching(() -> model.filter().get().phrases());
    model.filter().filter().addListener(value -> detailsController.searched());
    root.addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
    SplitPane.setResizableWithParent(details, false);
    root.setDividerPositions(DIVIDER);
    // A narrow window begins with the table alone.
    root.widthProperty()
        .addListener(
            (value, before, now) -> {
              boolean wideNow = now.doubleValue() >= WIDE * details.minWidth(-1);
              if (wideNow != wide) {
                wide = wideNow;
                showDetails(wide);
              }
            });
    model.content().addListener((value, before, now) -> show(now));
    show(model.content().get());
  }

  /** Puts the cursor into the search field. */
  public void focusSearch() {
    filterBarController.focusSearch();
  }

  /** Shows the details of the current memory. */
  void showDetails() {
    showDetails(true);
  }

  /** Puts the cursor into the table. */
  public void focusTable() {
    table.requestFocus();
  }

  /** Shows one memory's details, whether the table has it or not. */
  public void showMemory(String id) {
    model.show(id);
    showDetails(true);
  }

  /** As it was when the window was closed; from now on changes are remembered. */
  private void arrange(WindowLook look) {
    ColumnLook<MemoryRow> arranged = Objects.requireNonNull(columns);
    arranged.apply(look.columns());
    if (look.divider() > 0) {
      divider = look.divider();
      root.setDividerPositions(divider);
    }
    arranged.onChange(() -> keeper.change(now -> now.with(arranged.now(), now.divider())));
    // Where the admin drags it to, and not where a layout puts it.
    root.addEventHandler(
        MouseEvent.MOUSE_RELEASED,
        event -> {
          if (root.getDividers().size() == 1) {
            divider = root.getDividerPositions()[0];
            keeper.change(now -> now.with(now.columns(), divider));
          }
        });
  }

  private SavedView view(String name) {
    TableColumn<MemoryRow, ?> by =
        table.getSortOrder().isEmpty() ? null : table.getSortOrder().getFirst();
    return new SavedView(
        name,
        model.filter().get().text(),
        by == null ? "" : by.getId(),
        by != null && by.getSortType() == TableColumn.SortType.ASCENDING,
        Objects.requireNonNull(columns).now());
  }

  private void show(SavedView view) {
    Objects.requireNonNull(columns).apply(view.columns());
    model.filter().show(view.query());
    List<TableColumn<MemoryRow, ?>> by =
        table.getColumns().stream().filter(column -> view.sort().equals(column.getId())).toList();
    by.forEach(
        column ->
            column.setSortType(
                view.ascending()
                    ? TableColumn.SortType.ASCENDING
                    : TableColumn.SortType.DESCENDING));
    table.getSortOrder().setAll(by);
  }

  private void show(EntriesViewModel.Content content) {
    table.setVisible(
        content == EntriesViewModel.Content.ROWS || content == EntriesViewModel.Content.LOADING);
  }

  private void step(int by) {
    int to = table.getSelectionModel().getSelectedIndex() + by;
    if (to >= 0 && to < table.getItems().size()) {
      table.getSelectionModel().clearAndSelect(to);
      table.scrollTo(Math.max(0, to - 2));
    }
  }

  private void keyPressed(KeyEvent event) {
    if (root.getItems().contains(details)) {
      detailsController.keyPressed(event);
    }
    if (event.getCode() == KeyCode.ESCAPE && root.getItems().contains(details)) {
      showDetails(false);
      event.consume();
    } else if (event.getCode() == KeyCode.ENTER && table.isFocused()) {
      showDetails(true);
      event.consume();
    }
  }

  private void showDetails(boolean show) {
    // A narrow window has room for one of them.
    List<Node> wanted = !show ? List.of(main) : wide ? List.of(main, details) : List.of(details);
    if (!root.getItems().equals(wanted)) {
      root.getItems().setAll(wanted);
      root.setDividerPositions(divider);
    }
    if (!show) {
      table.requestFocus();
    } else if (!wide) {
      detailsController.focus();
    }
  }

  private void toggleDetails() {
    showDetails(!root.getItems().contains(details));
  }
}
