package dev.memoryconsole.ui.runs;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.journal.RunRecord;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/** Binds the line above the screens that offers to go on with a run. */
public final class ResumeOfferController {
  private final ResumeOffer model;

  @FXML private HBox root;
  @FXML private Label text;
  @FXML private Button resumeOffered;

  /** Called by the loader. */
  public ResumeOfferController(ResumeOffer model) {
    this.model = model;
  }

  @FXML
  void initialize() {
    model.offered().addListener((value, before, now) -> show(now));
    show(model.offered().get());
  }

  private void show(@Nullable RunRecord run) {
    shown(root, run != null);
    if (run != null) {
      text.setText(model.sentence(run));
      shown(resumeOffered, run.isResumable());
    }
  }

  @FXML
  void resume() {
    model.resume();
  }

  @FXML
  void later() {
    model.later();
  }
}
