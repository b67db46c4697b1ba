package dev.memoryconsole.ui.shell;

import dev.memoryconsole.ui.common.session.OutcomeLists;
import dev.memoryconsole.ui.common.table.Badge;
import dev.memoryconsole.ui.common.table.Cells;
import dev.memoryconsole.ui.common.table.StateBadge;
import dev.memoryconsole.ui.common.table.TextSizedColumns;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.EntryOutcome;
import java.util.function.Consumer;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/** Binds the outcomes of the run in the run bar, which lie under the screens when asked for. */
public final class OutcomesController {
  private static final double DIVIDER = 0.62;

  private final RunBarViewModel model;
  private final Messages messages;
  private Consumer<String> onShow = id -> {};
  private double divider = DIVIDER;

  @FXML private TableView<EntryOutcome> table;
  @FXML private TableColumn<EntryOutcome, EntryOutcome> id;
  @FXML private TableColumn<EntryOutcome, EntryOutcome> outcome;
  @FXML private TableColumn<EntryOutcome, EntryOutcome> memory;
  @FXML private TableColumn<EntryOutcome, EntryOutcome> reason;
  @FXML private TableColumn<EntryOutcome, EntryOutcome> attempt;
  @FXML private TableColumn<EntryOutcome, EntryOutcome> millis;

  /** Called by the loader. */
  public OutcomesController(RunBarViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
  }

  @FXML
  void initialize() {
    Cells.longText(id, o -> o.id().substring(0, Math.min(8, o.id().length())), EntryOutcome::id);
    id.getStyleClass().add("mono-column");
    Cells.draw(outcome, this::drawOutcome);
    Cells.longText(memory, EntryOutcome::title, EntryOutcome::title);
    Cells.longText(reason, EntryOutcome::reason, EntryOutcome::reason);
    Cells.number(attempt, o -> o.attempt() == 0 ? "" : messages.numbers().name(o.attempt()));
    Cells.number(millis, model::millis);
    Cells.plain(table);
    TextSizedColumns.install(table);
    table.itemsProperty().bind(model.shown());
    table.setPlaceholder(new Label(messages.get("run.noOutcomes")));
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (value, before, now) -> {
              if (now != null && !now.equals(OutcomeLists.LOADING)) {
                onShow.accept(now.id());
              }
            });
  }

  private void drawOutcome(TableCell<EntryOutcome, EntryOutcome> cell, EntryOutcome row) {
    if (!row.equals(OutcomeLists.LOADING)) {
      String word = messages.get(Badge.key(row.outcome(), row.reapplied()));
      cell.setGraphic(StateBadge.label(Badge.of(row.outcome()), word));
    }
  }

  /** Tells who shows a memory by its id. */
  void onShow(Consumer<String> action) {
    onShow = action;
  }

  /** Lies as the lower part of this pane when asked for, as large as it was left. */
  void lieIn(SplitPane panes) {
    SplitPane.setResizableWithParent(table, false);
    model.expanded().addListener(value -> show(panes));
    model.monitor().progress().addListener(value -> show(panes));
    show(panes);
  }

  private void show(SplitPane panes) {
    boolean wanted = model.expanded().get() && model.monitor().progress().get() != null;
    boolean there = panes.getItems().contains(table);
    if (wanted && !there) {
      panes.getItems().add(table);
      panes.setDividerPositions(divider);
    } else if (!wanted && there) {
      divider = panes.getDividerPositions()[0];
      panes.getItems().remove(table);
    }
  }
}
