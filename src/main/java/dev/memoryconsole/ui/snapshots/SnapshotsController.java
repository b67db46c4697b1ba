package dev.memoryconsole.ui.snapshots;

import dev.memoryconsole.exchange.Snapshot;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.dialog.Overlay;
import dev.memoryconsole.ui.common.table.Cells;
import dev.memoryconsole.ui.common.task.Working;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.services.SnapshotRules;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Binds the panel of snapshots to its view model. */
public final class SnapshotsController {
  private final SnapshotsViewModel model;
  private final Messages messages;
  private boolean filling;

  @FXML private StackPane root;
  @FXML private Label title;
  @FXML private Button close;
  @FXML private TableView<Snapshot> table;
  @FXML private TableColumn<Snapshot, Snapshot> time;
  @FXML private TableColumn<Snapshot, Snapshot> cause;
  @FXML private TableColumn<Snapshot, Snapshot> size;
  @FXML private VBox empty;
  @FXML private CheckBox beforeRuns;
  @FXML private Spinner<Integer> kept;
  @FXML private HBox rules;
  @FXML private HBox work;
  @FXML private Label workText;
  @FXML private ProgressBar progress;
  @FXML private Button cancel;
  @FXML private Label hint;
  @FXML private Button take;
  @FXML private Button restore;

  /** Called by the loader. */
  public SnapshotsController(SnapshotsViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
  }

  @FXML
  void initialize() {
    close.setGraphic(Icons.of(Feather.X));
    Icons.name(close, messages.get("snapshots.close"));
    Cells.longText(time, model::takenAt, model::age);
    Cells.text(cause, model::about);
    Cells.number(size, model::size);
    table.setFixedCellSize(28);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.setPlaceholder(new Label());
    BooleanBinding busy = model.working().isNotNull();
    take.disableProperty().bind(busy);
    close.disableProperty().bind(busy);
    rules.disableProperty().bind(busy);
    table.disableProperty().bind(busy);
    ReadOnlyObjectProperty<Snapshot> selected = table.getSelectionModel().selectedItemProperty();
    restore
        .disableProperty()
        .bind(
            busy.or(model.runIsActive())
                .or(Bindings.createBooleanBinding(this::nothingToRestore, selected)));
    hint.visibleProperty().bind(model.runIsActive());
    hint.managedProperty().bind(hint.visibleProperty());
    work.visibleProperty().bind(busy);
    beforeRuns.selectedProperty().addListener(value -> save());
    kept.valueProperty().addListener(value -> save());
    model.rules().addListener((value, before, now) -> showRules(now));
    model.snapshots().addListener((value, before, now) -> showList(now));
    model.working().addListener((value, before, now) -> showWork(now));
    showList(null);
    Overlay panel = new Overlay(root, this::closeUnlessBusy);
    model.isOpen().addListener((value, before, now) -> show(panel, now));
  }

  private boolean nothingToRestore() {
    Snapshot chosen = table.getSelectionModel().getSelectedItem();
    return chosen == null || !chosen.kept();
  }

  private void closeUnlessBusy() {
    if (!close.isDisabled()) {
      model.close();
    }
  }

  private void show(Overlay panel, boolean on) {
    if (!on) {
      panel.hide();
      return;
    }
    panel.show();
    title.setText(messages.get("snapshots.title", model.storeName()));
    take.requestFocus();
  }

  private void showList(@Nullable List<Snapshot> snapshots) {
    Snapshot chosen = table.getSelectionModel().getSelectedItem();
    table.getItems().setAll(snapshots == null ? List.of() : snapshots);
    table.getSelectionModel().clearSelection();
    if (chosen != null && table.getItems().contains(chosen)) {
      table.getSelectionModel().select(chosen);
    }
    boolean none = snapshots != null && snapshots.isEmpty();
    empty.setVisible(none);
    table.setVisible(!none);
  }

  private void showRules(@Nullable SnapshotRules now) {
    if (now != null) {
      filling = true;
      beforeRuns.setSelected(now.beforeRuns());
      kept.getValueFactory().setValue(now.kept());
      filling = false;
    }
  }

  private void save() {
    if (!filling) {
      model.saveRules(new SnapshotRules(beforeRuns.isSelected(), kept.getValue()));
    }
  }

  private void showWork(@Nullable Working now) {
    workText.setText(now == null ? "" : now.words());
    progress.setProgress(now == null ? 0 : now.fraction());
    // What can't be pressed any more loses the focus to something behind the panel.
    if (now == null) {
      take.requestFocus();
    } else if (!cancel.isFocused()) {
      cancel.requestFocus();
    }
  }

  @FXML
  void take() {
    model.take();
  }

  @FXML
  void restore() {
    Snapshot chosen = table.getSelectionModel().getSelectedItem();
    if (chosen != null) {
      model.restore(chosen);
    }
  }

  @FXML
  void cancel() {
    model.cancel();
  }

  @FXML
  void close() {
    model.close();
  }
}
