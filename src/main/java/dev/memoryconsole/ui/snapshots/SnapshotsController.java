package dev.memoryconsole.ui.snapshots;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.exchange.Snapshot;
import dev.memoryconsole.ui.common.dialog.WorkingPanel;
import dev.memoryconsole.ui.common.table.Cells;
import dev.memoryconsole.ui.common.table.TextSizedColumns;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.services.SnapshotRules;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

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
  @FXML private Label emptyTitle;
  @FXML private Label emptyText;
  @FXML private Label about;
  @FXML private CheckBox beforeRuns;
  @FXML private Spinner<Integer> kept;
  @FXML private Spinner<Integer> gigabytes;
  @FXML private FlowPane rules;
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
    Cells.longText(time, model::takenAt, model::age);
    Cells.text(cause, model::about);
    Cells.number(size, model::size);
    Cells.plain(table);
    TextSizedColumns.install(table);
    BooleanBinding busy =
        new WorkingPanel(root, work, workText, progress, cancel, close, take)
            .bind(
                messages.get("snapshots.close"),
                model.isOpen(),
                model.working(),
                () -> title.setText(messages.get("snapshots.title", model.storeName())),
                model::close);
    take.disableProperty()
        .bind(busy.or(BooleanExpression.booleanExpression(model.isOffered()).not()));
    model.isOffered().addListener(value -> showOffer());
    showOffer();
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
    beforeRuns.selectedProperty().addListener(value -> save());
    kept.valueProperty().addListener(value -> save());
    gigabytes.valueProperty().addListener(value -> save());
    model.rules().addListener((value, before, now) -> showRules(now));
    model.snapshots().addListener((value, before, now) -> showList(now));
    showRules(model.rules().get());
    showList(model.snapshots().get());
  }

  private boolean nothingToRestore() {
    Snapshot chosen = table.getSelectionModel().getSelectedItem();
    return chosen == null || !chosen.kept();
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

  private void showOffer() {
    boolean offered = model.isOffered().get();
    shown(about, offered);
    emptyTitle.setText(messages.get(offered ? "snapshots.empty.title" : "snapshots.none.title"));
    emptyText.setText(messages.get(offered ? "snapshots.empty.text" : "snapshots.none.text"));
  }

  private void showRules(@Nullable SnapshotRules now) {
    if (now != null) {
      filling = true;
      beforeRuns.setSelected(now.beforeRuns());
      kept.getValueFactory().setValue(now.kept());
      gigabytes.getValueFactory().setValue(now.gigabytes());
      filling = false;
    }
  }

  private void save() {
    if (!filling) {
      model.saveRules(
          new SnapshotRules(beforeRuns.isSelected(), kept.getValue(), gigabytes.getValue()));
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
