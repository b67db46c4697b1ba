package dev.memoryconsole.ui.settings;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.ui.settings.LockRulesViewModel.Field;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;

/** Binds the rules for locks to their view model. */
public final class LockRulesController {
  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

  private final LockRulesViewModel model;
  private final Map<Field, TextField> fields = new EnumMap<>(Field.class);
  private final Map<Field, Label> problems = new EnumMap<>(Field.class);

  @FXML private RadioButton batches;
  @FXML private RadioButton swap;
  @FXML private RadioButton adaptive;
  @FXML private RadioButton fixed;
  @FXML private Node holdLine;
  @FXML private Node rowsLine;
  @FXML private TextField hold;
  @FXML private TextField rows;
  @FXML private TextField port;
  @FXML private Label holdProblem;
  @FXML private Label rowsProblem;
  @FXML private Label portProblem;
  @FXML private CheckBox recorded;
  @FXML private Label served;

  /** Called by the loader. */
  public LockRulesController(LockRulesViewModel model) {
    this.model = model;
  }

  @FXML
  void initialize() {
    swap.selectedProperty().bindBidirectional(model.swap());
    fixed.selectedProperty().bindBidirectional(model.fixed());
    model.swap().addListener(value -> showChoices());
    model.fixed().addListener(value -> showChoices());
    recorded.selectedProperty().bindBidirectional(model.recorded());
    holdLine.disableProperty().bind(model.fixed());
    rowsLine.disableProperty().bind(model.fixed().not());
    bind(Field.HOLD, hold, holdProblem);
    bind(Field.ROWS, rows, rowsProblem);
    bind(Field.PORT, port, portProblem);
    model.problems().addListener(value -> showProblems());
    served.textProperty().bind(model.served());
    served.visibleProperty().bind(model.served().isNotEmpty());
    served.managedProperty().bind(served.visibleProperty());
    showChoices();
    showProblems();
  }

  private void bind(Field field, TextField text, Label problem) {
    text.textProperty().bindBidirectional(model.text(field));
    fields.put(field, text);
    problems.put(field, problem);
  }

  private void showChoices() {
    batches.setSelected(!model.swap().get());
    adaptive.setSelected(!model.fixed().get());
  }

  private void showProblems() {
    problems.forEach(
        (field, label) -> {
          String words = model.problems().get().getOrDefault(field, "");
          label.setText(words);
          shown(label, !words.isEmpty());
          field(field).pseudoClassStateChanged(WRONG, !words.isEmpty());
        });
  }

  private TextField field(Field field) {
    return Objects.requireNonNull(fields.get(field));
  }

  /** The first field that is wrong. */
  Optional<Node> firstWrong() {
    return model.problems().get().keySet().stream().min(Field::compareTo).map(this::field);
  }
}
