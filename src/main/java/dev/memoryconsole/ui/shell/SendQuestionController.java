package dev.memoryconsole.ui.shell;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.ui.common.dialog.Overlay;
import dev.memoryconsole.ui.common.session.RunGate;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;

/** Shows, before memories are sent to a model, where they go and what it costs. */
public final class SendQuestionController {
  private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");

  private final SendQuestionViewModel words;
  private final RunGate gate;

  @FXML private StackPane root;
  @FXML private Label title;
  @FXML private Label text;
  @FXML private Label host;
  @FXML private Label safety;
  @FXML private Label model;
  @FXML private Label redaction;
  @FXML private HBox counting;
  @FXML private ProgressBar progress;
  @FXML private Label progressText;
  @FXML private Label estimate;
  @FXML private Label cost;
  @FXML private Label budget;
  @FXML private Button no;
  @FXML private Button yes;

  /** Called by the loader. */
  public SendQuestionController(SendQuestionViewModel words, RunGate gate) {
    this.words = words;
    this.gate = gate;
  }

  @FXML
  void initialize() {
    Overlay.follow(root, gate.question(), this::show, gate::dismiss);
    gate.counting().addListener(value -> showCounting());
  }

  private void show(RunGate.Sending asked) {
    title.setText(asked.start().title());
    text.setText(asked.start().text());
    host.setText(words.host(asked));
    safety.setText(words.safety(asked));
    safety.pseudoClassStateChanged(WARNING, words.isUnsafe(asked));
    model.setText(asked.model().model());
    redaction.setText(words.redaction(asked));
    yes.setText(asked.start().action());
    showCounting();
    no.requestFocus();
  }

  private void showCounting() {
    RunGate.Sending asked = gate.question().get();
    if (asked == null) {
      return;
    }
    RunGate.Counting now = gate.counting().get();
    boolean reading = now instanceof RunGate.Counting.Reading;
    shown(counting, reading);
    shown(estimate, !reading);
    progress.setProgress(words.fraction(now));
    progressText.setText(words.progress(now));
    estimate.setText(words.estimate(now));
    cost.setText(words.cost(now));
    budget.setText(words.budget(asked, now));
    budget.pseudoClassStateChanged(WARNING, words.isOverBudget(asked, now));
    yes.setDisable(reading);
    if (!reading && no.isFocused()) {
      yes.requestFocus();
    }
  }

  @FXML
  void skip() {
    gate.skip();
  }

  @FXML
  void yes() {
    gate.confirm();
  }

  @FXML
  void no() {
    gate.dismiss();
  }
}
