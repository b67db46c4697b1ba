package dev.memoryconsole.ui.shell;

import static dev.memoryconsole.ui.common.Shown.shown;

import atlantafx.base.theme.Styles;
import dev.memoryconsole.ui.common.dialog.Confirmations;
import dev.memoryconsole.ui.common.dialog.Overlay;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

/** Shows a question over the window until it is answered. */
public final class QuestionController {
  private final Confirmations confirmations;

  @FXML private StackPane root;
  @FXML private Label title;
  @FXML private Label text;
  @FXML private CheckBox option;
  @FXML private Button no;
  @FXML private Button yes;

  /** Called by the loader. */
  public QuestionController(Confirmations confirmations) {
    this.confirmations = confirmations;
  }

  @FXML
  void initialize() {
    Overlay.follow(root, confirmations.question(), this::show, confirmations::dismiss);
  }

  private void show(Confirmations.Question asked) {
    title.setText(asked.title());
    text.setText(asked.text());
    String words = asked.option();
    option.setText(words == null ? "" : words);
    option.setSelected(false);
    shown(option, words != null);
    yes.setText(asked.action());
    yes.getStyleClass().removeAll(Styles.ACCENT, Styles.DANGER);
    yes.getStyleClass().add(asked.danger() ? Styles.DANGER : Styles.ACCENT);
    // Enter must not do harm.
    (asked.danger() ? no : yes).requestFocus();
  }

  @FXML
  void yes() {
    confirmations.confirm(option.isSelected());
  }

  @FXML
  void no() {
    confirmations.dismiss();
  }
}
