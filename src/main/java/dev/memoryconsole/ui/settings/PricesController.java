package dev.memoryconsole.ui.settings;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.ui.common.table.Cells;
import dev.memoryconsole.ui.common.text.Messages;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import org.jspecify.annotations.Nullable;

/** Binds the table of prices to its view model. */
public final class PricesController {
  private final PricesViewModel model;
  private final Messages messages;

  @FXML private Label hint;
  @FXML private TableView<PricesViewModel.Row> table;
  @FXML private TableColumn<PricesViewModel.Row, PricesViewModel.Row> name;
  @FXML private TableColumn<PricesViewModel.Row, PricesViewModel.Row> input;
  @FXML private TableColumn<PricesViewModel.Row, PricesViewModel.Row> output;
  @FXML private TableColumn<PricesViewModel.Row, PricesViewModel.Row> whose;
  @FXML private TextField modelField;
  @FXML private TextField inputField;
  @FXML private TextField outputField;
  @FXML private Button reset;
  @FXML private Label problem;

  /** Called by the loader. */
  public PricesController(PricesViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
  }

  @FXML
  void initialize() {
    Cells.longText(name, PricesViewModel.Row::model, PricesViewModel.Row::model);
    Cells.number(input, row -> PricesViewModel.amount(row.price().inputPerMillion()));
    Cells.number(output, row -> PricesViewModel.amount(row.price().outputPerMillion()));
    Cells.text(whose, model::whose);
    table.setFixedCellSize(28);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.setItems(model.rows());
    table.getSelectionModel().selectedItemProperty().addListener((value, before, now) -> edit(now));
    for (TextField field : new TextField[] {modelField, inputField, outputField}) {
      field.textProperty().addListener(value -> say(""));
      field.setOnAction(event -> set());
    }
    model.own().addListener(value -> hint.setText(model.hint()));
    hint.setText(model.hint());
    edit(null);
    say("");
  }

  private void edit(PricesViewModel.@Nullable Row row) {
    if (row != null) {
      modelField.setText(row.model());
      inputField.setText(PricesViewModel.amount(row.price().inputPerMillion()));
      outputField.setText(PricesViewModel.amount(row.price().outputPerMillion()));
    }
    reset.setDisable(row == null || !row.own());
    reset.setText(messages.get(row == null || row.bundled() ? "prices.reset" : "prices.remove"));
  }

  private void say(String words) {
    problem.setText(words);
    shown(problem, !words.isEmpty());
  }

  @FXML
  void set() {
    String edited = modelField.getText().strip();
    if (!model.set(edited, inputField.getText(), outputField.getText())) {
      say(messages.get("prices.bad"));
      return;
    }
    say("");
    for (PricesViewModel.Row row : model.rows()) {
      if (row.model().equalsIgnoreCase(edited)) {
        table.getSelectionModel().select(row);
        table.scrollTo(row);
      }
    }
  }

  @FXML
  void reset() {
    PricesViewModel.Row row = table.getSelectionModel().getSelectedItem();
    if (row != null) {
      model.reset(row);
      edit(null);
    }
  }
}
