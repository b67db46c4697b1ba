package dev.memoryconsole.ui.shell;

import dev.memoryconsole.ui.common.session.OutcomeLists;
import dev.memoryconsole.ui.common.table.Badge;
import dev.memoryconsole.ui.common.table.Cells;
import dev.memoryconsole.ui.common.table.StateBadge;
import dev.memoryconsole.ui.common.table.TextSizedColumns;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.EntryOutcome;
import java.util.List;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Binds the outcomes of the run in the run bar, which lie under the screens when asked for. */
public final class OutcomesController {
  /** Where the outcomes are. */
  private enum Place {
    AWAY,
    BELOW,
    ALONE
  }

  private static final double DIVIDER = 0.62;
  private static final double DIVIDER_HEIGHT = 8;

  private final RunBarViewModel model;
  private final Messages messages;
  private Consumer<String> onShow = id -> {};
  private double divider = DIVIDER;
  private Place place = Place.AWAY;

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
    Cells.longText(reason, e -> messages.words(e.message()), e -> messages.words(e.message()));
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
              if (!isAlone()) {
                showMemory();
              }
            });
    table.addEventHandler(
        MouseEvent.MOUSE_CLICKED,
        event -> {
          if (event.getTarget() instanceof Node at && isInRow(at)) {
            showInItsPlace();
          }
        });
    table.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ENTER) {
            showInItsPlace();
          }
        });
  }

  private static boolean isInRow(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (at instanceof TableRow<?> row) {
        return !row.isEmpty();
      }
    }
    return false;
  }

  /** Where it lies over the memory, it is not gone by whoever walks through it. */
  private void showInItsPlace() {
    if (isAlone()) {
      giveWay();
      showMemory();
    }
  }

  private void showMemory() {
    EntryOutcome chosen = table.getSelectionModel().getSelectedItem();
    if (chosen != null && !chosen.equals(OutcomeLists.LOADING)) {
      onShow.accept(chosen.id());
    }
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

  /**
   * Lies below the screens when asked for, as large as it was left; where there is no room for
   * both, in their place.
   *
   * @param panes has the screens in it
   * @param screens whose preferred height is the least that they need
   * @param focus puts the focus into the screens
   */
  void lieIn(SplitPane panes, VBox screens, Runnable focus) {
    SplitPane.setResizableWithParent(table, false);
    Runnable show = () -> show(panes, screens, focus);
    model.expanded().addListener(value -> show.run());
    model.monitor().progress().addListener(value -> show.run());
    // Not while that height is being given to them.
    panes.heightProperty().addListener(value -> Platform.runLater(show));
    show.run();
  }

  /** Makes room for the screens, if it lies in their place. */
  void giveWay() {
    if (isAlone()) {
      model.expanded().set(false);
    }
  }

  private boolean isAlone() {
    return place == Place.ALONE;
  }

  private void show(SplitPane panes, VBox screens, Runnable focus) {
    Place now = placeIn(panes, screens);
    if (now == place) {
      return;
    }
    if (place == Place.BELOW) {
      divider = panes.getDividerPositions()[0];
    }
    place = now;
    screens.setMinHeight(now == Place.BELOW ? screens.getPrefHeight() : 0);
    Node focused = panes.getScene() == null ? null : panes.getScene().getFocusOwner();
    // Who stays is left where it is: taken out and put back it would lose the focus.
    put(panes.getItems(), 0, screens, now != Place.ALONE);
    put(panes.getItems(), panes.getItems().size(), table, now != Place.AWAY);
    // Who is laid out for the first time is as small as can be, and stays so.
    panes.applyCss();
    panes.layout();
    if (now == Place.BELOW) {
      panes.setDividerPositions(divider);
    }
    if (now == Place.ALONE && isIn(screens, focused)) {
      table.requestFocus();
    } else if (now == Place.AWAY && isIn(table, focused)) {
      focus.run();
    }
  }

  private static boolean isIn(Node pane, @Nullable Node node) {
    Node at = node;
    while (at != null && !at.equals(pane)) {
      at = at.getParent();
    }
    return at != null;
  }

  private static void put(List<Node> items, int at, Node node, boolean wanted) {
    if (!wanted) {
      items.remove(node);
    } else if (!items.contains(node)) {
      items.add(at, node);
    }
  }

  private Place placeIn(SplitPane panes, VBox screens) {
    if (!model.expanded().get() || model.monitor().progress().get() == null) {
      return Place.AWAY;
    }
    double needed = screens.getPrefHeight() + table.getMinHeight() + DIVIDER_HEIGHT;
    for (Node line : screens.getChildren()) {
      if (line.isManaged() && VBox.getVgrow(line) != Priority.ALWAYS) {
        needed += line.prefHeight(panes.getWidth());
      }
    }
    return panes.getHeight() < needed ? Place.ALONE : Place.BELOW;
  }
}
