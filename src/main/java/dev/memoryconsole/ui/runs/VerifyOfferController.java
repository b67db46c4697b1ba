package dev.memoryconsole.ui.runs;

import static dev.memoryconsole.ui.common.Shown.shown;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/** Binds the line above the screens that offers to re-apply what was overwritten. */
public final class VerifyOfferController {
  private final VerifyOffer model;

  @FXML private HBox root;
  @FXML private Label text;

  /** Called by the loader. */
  public VerifyOfferController(VerifyOffer model) {
    this.model = model;
  }

  @FXML
  void initialize() {
    model.offered().addListener((value, before, now) -> show(now));
    show(model.offered().get());
  }

  private void show(VerifyOffer.@Nullable Loss loss) {
    shown(root, loss != null);
    if (loss != null) {
      text.setText(model.sentence(loss));
    }
  }

  @FXML
  void reapply() {
    model.reapply();
  }

  @FXML
  void later() {
    model.later();
  }
}
