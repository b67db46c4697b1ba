package dev.memoryconsole.ui.shell;

import static dev.memoryconsole.ui.common.Shown.shown;

import atlantafx.base.theme.Styles;
import dev.memoryconsole.ui.common.dialog.Confirmations;
import dev.memoryconsole.ui.common.dialog.Overlay;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Numbers;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;

/** Shows a question over the window until it is answered. */
public final class QuestionController {
  private final Confirmations confirmations;
  private final Messages messages;

  @FXML private StackPane root;
  @FXML private Label title;
  @FXML private Label text;
  @FXML private CheckBox option;
  @FXML private HBox typing;
  @FXML private Label ask;
  @FXML private TextField number;
  @FXML private Button no;
  @FXML private Button yes;

  /** Called by the loader. */
  public QuestionController(Confirmations confirmations, Messages messages) {
    this.confirmations = confirmations;
    this.messages = messages;
  }

  @FXML
  void initialize() {
    number.textProperty().addListener(value -> allow());
    Overlay.follow(root, confirmations.question(), this::show, confirmations::dismiss);
  }

  private void show(Confirmations.Question asked) {
    title.setText(asked.title());
    text.setText(asked.text());
    String words = asked.option();
    option.setText(words == null ? "" : words);
    option.setSelected(false);
    shown(option, words != null);
    Integer wanted = asked.number();
    number.clear();
    shown(typing, wanted != null);
    ask.setText(wanted == null ? "" : messages.get("question.typeNumber", wanted));
    allow();
    yes.setText(asked.action());
    yes.getStyleClass().removeAll(Styles.ACCENT, Styles.DANGER);
    yes.getStyleClass().add(asked.danger() ? Styles.DANGER : Styles.ACCENT);
    // Enter must not do harm.
    (wanted != null ? number : asked.danger() ? no : yes).requestFocus();
  }

  private void allow() {
    Confirmations.Question asked = confirmations.question().get();
    Integer wanted = asked == null ? null : asked.number();
    yes.setDisable(wanted != null && !Numbers.isTyped(number.getText(), wanted));
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
