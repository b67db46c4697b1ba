package dev.memoryconsole.ui.runs;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.team.TeamRun;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.text.Messages;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Binds what a shared run's consoles can be told. */
public final class SharedRunController {
  private final SharedRun model;
  private final Messages messages;

  @FXML private VBox root;
  @FXML private Label who;
  @FXML private Button takePart;
  @FXML private Button rest;
  @FXML private Button cancel;

  /** Called by the loader. */
  public SharedRunController(SharedRun model, Messages messages) {
    this.model = model;
    this.messages = messages;
  }

  @FXML
  void initialize() {
    who.setGraphic(Icons.of(Feather.USERS));
    takePart.setGraphic(Icons.of(Feather.USER_PLUS));
    takePart.disableProperty().bind(model.running());
    cancel.setGraphic(Icons.of(Feather.X));
    model.run().addListener((value, before, now) -> show(now));
    show(model.run().get());
  }

  private void show(@Nullable TeamRun run) {
    shown(root, run != null);
    if (run != null) {
      who.setText(model.sentence(run));
      boolean rests = SharedRun.rests(run);
      rest.setText(messages.get(rests ? "runs.shared.goOn" : "runs.shared.pause"));
      rest.setGraphic(Icons.of(rests ? Feather.PLAY : Feather.PAUSE));
      shown(takePart, !rests);
      shown(cancel, run.record().state() != RunState.CANCELLED);
    }
  }

  @FXML
  void takePart() {
    model.takePart();
  }

  @FXML
  void rest() {
    model.restOrGoOn();
  }

  @FXML
  void cancel() {
    model.cancel();
  }
}
