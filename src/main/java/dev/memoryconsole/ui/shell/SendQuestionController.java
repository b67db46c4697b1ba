package dev.memoryconsole.ui.shell;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.ui.common.dialog.Overlay;
import dev.memoryconsole.ui.common.session.Counting;
import dev.memoryconsole.ui.common.session.RunGate;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * Shows, before a run, what it takes; where memories are sent to a model, also where they go and
 * what that costs. It is there at once, the numbers follow.
 */
public final class SendQuestionController {
  private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");

  private final SendQuestionViewModel words;
  private final RunGate gate;

  @FXML private StackPane root;
  @FXML private Label title;
  @FXML private Label text;
  @FXML private GridPane sendFacts;
  @FXML private Label host;
  @FXML private Label safety;
  @FXML private Label model;
  @FXML private Label redaction;
  @FXML private VBox sharing;
  @FXML private CheckBox share;
  @FXML private Label shareHint;
  @FXML private HBox counting;
  @FXML private ProgressBar progress;
  @FXML private Label progressText;
  @FXML private Button skip;
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
    share.selectedProperty().bindBidirectional(gate.sharing().chosen());
    share.selectedProperty().addListener((value, before, now) -> shown(shareHint, now));
    shown(shareHint, false);
    gate.counting().addListener(value -> showCounting());
  }

  private void show(RunGate.Question asked) {
    ModelSettings sentTo = asked.model();
    shown(sendFacts, sentTo != null);
    if (sentTo != null) {
      host.setText(words.host(sentTo));
      safety.setText(words.safety(sentTo));
      safety.pseudoClassStateChanged(WARNING, words.isUnsafe(sentTo));
      model.setText(sentTo.model());
      redaction.setText(words.redaction(sentTo));
    }
    shareHint.setText(words.shareHint(sentTo));
    no.requestFocus();
    showCounting();
  }

  private void showCounting() {
    RunGate.Question asked = gate.question().get();
    if (asked == null) {
      return;
    }
    Counting now = gate.counting().get();
    boolean known = now instanceof Counting.Known;
    title.setText(words.title(asked.start(), now));
    text.setText(words.text(asked.start(), now));
    yes.setText(words.action(asked.start(), now));
    shown(sharing, gate.sharing().isOffered() && words.mayTakeSome(now));
    // Its place stays, so that the buttons do.
    counting.setVisible(!known);
    progress.setProgress(words.fraction(now));
    progressText.setText(words.progress(now));
    ModelSettings sentTo = asked.model();
    shown(skip, sentTo != null && now instanceof Counting.Reading);
    if (sentTo != null) {
      estimate.setText(words.estimate(now));
      cost.setText(words.cost(now));
      budget.setText(words.budget(sentTo, now));
      budget.pseudoClassStateChanged(WARNING, words.isOverBudget(sentTo, now));
    }
    yes.setDisable(!words.mayBegin(asked.start(), now));
    if (!yes.isDisabled() && no.isFocused()) {
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
