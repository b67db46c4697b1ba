package dev.memoryconsole.ui.settings;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.ui.common.Icons;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** Offers what OpenClaw's configuration names. */
public final class OpenClawController {
  private final OpenClawViewModel model;
  private Runnable onModel = () -> {};

  @FXML private VBox root;
  @FXML private HBox storeLine;
  @FXML private Label store;
  @FXML private Button openStore;
  @FXML private Label notThere;
  @FXML private HBox modelLine;
  @FXML private Label modelName;
  @FXML private Button useModel;
  @FXML private Label problem;

  /** Called by the loader. */
  public OpenClawController(OpenClawViewModel model) {
    this.model = model;
  }

  @FXML
  void initialize() {
    openStore.setGraphic(Icons.of(Feather.FOLDER));
    useModel.setGraphic(Icons.of(Feather.CPU));
    model.found().addListener(value -> show());
    show();
  }

  /** Tells who shows the settings after the model was taken over. */
  public void onModel(Runnable action) {
    onModel = action;
  }

  private void show() {
    shown(root, model.isThere());
    store.setText(model.store());
    shown(storeLine, !store.getText().isEmpty());
    shown(openStore, model.isStoreThere());
    shown(notThere, !model.isStoreThere());
    modelName.setText(model.modelWords());
    shown(modelLine, !modelName.getText().isEmpty());
    problem.setText(model.problem());
    shown(problem, !problem.getText().isEmpty());
  }

  @FXML
  void openStore() {
    model.openStore();
  }

  @FXML
  void useModel() {
    model.useModel();
    onModel.run();
  }
}
