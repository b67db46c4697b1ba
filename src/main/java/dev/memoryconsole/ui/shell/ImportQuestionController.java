package dev.memoryconsole.ui.shell;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.exchange.source.FieldMapping;
import dev.memoryconsole.ui.common.dialog.Overlay;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.services.ImportPreview;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Shows how another tool's memories would come in, and lets the admin say which field is what. */
public final class ImportQuestionController {
  private final ImportQuestion model;
  private final Messages messages;
  private final Map<FieldMapping.Field, ComboBox<String>> boxes =
      new EnumMap<>(FieldMapping.Field.class);
  private boolean filling;

  @FXML private StackPane root;
  @FXML private Label title;
  @FXML private Label whose;
  @FXML private GridPane fields;
  @FXML private ComboBox<String> text;
  @FXML private ComboBox<String> time;
  @FXML private ComboBox<String> category;
  @FXML private ComboBox<String> scope;
  @FXML private Label rows;
  @FXML private Label into;
  @FXML private CheckBox replace;
  @FXML private Button yes;

  /** Called by the loader. */
  public ImportQuestionController(ImportQuestion model, Messages messages) {
    this.model = model;
    this.messages = messages;
  }

  @FXML
  void initialize() {
    boxes.put(FieldMapping.Field.TEXT, text);
    boxes.put(FieldMapping.Field.TIME, time);
    boxes.put(FieldMapping.Field.CATEGORY, category);
    boxes.put(FieldMapping.Field.SCOPE, scope);
    boxes.forEach(this::prepare);
    Overlay.follow(root, model.asked(), this::show, model::dismiss);
    model.preview().addListener((value, before, now) -> showPreview(now));
    showPreview(model.preview().get());
  }

  private void prepare(FieldMapping.Field field, ComboBox<String> box) {
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable String name) {
            return name == null || name.isEmpty() ? messages.get("import.noField") : name;
          }

          @Override
          public String fromString(String name) {
            return name;
          }
        });
    box.valueProperty()
        .addListener(
            (value, before, now) -> {
              if (!filling && now != null) {
                model.choose(field, now);
                yes.setDisable(!model.isGood());
              }
            });
  }

  private void show(ImportQuestion.Asked asked) {
    title.setText(messages.get("import.title", asked.name()));
    into.setText(asked.into());
    shown(into, !asked.into().isEmpty());
    replace.setSelected(false);
    shown(replace, asked.mayReplace());
    (yes.isDisabled() ? text : yes).requestFocus();
  }

  private void showPreview(@Nullable ImportPreview preview) {
    if (preview == null) {
      return;
    }
    filling = true;
    whose.setText(model.whose());
    shown(fields, !preview.fields().isEmpty());
    for (FieldMapping.Field field : ImportQuestion.CHOICES) {
      ComboBox<String> box = Objects.requireNonNull(boxes.get(field));
      List<String> names = model.names(field);
      if (!box.getItems().equals(names)) {
        box.getItems().setAll(names);
      }
      String chosen = preview.chosen().getOrDefault(field, "");
      box.setValue(chosen.isEmpty() && field == FieldMapping.Field.TEXT ? null : chosen);
    }
    rows.setText(model.rows());
    yes.setDisable(!model.isGood());
    filling = false;
  }

  @FXML
  void yes() {
    model.confirm(replace.isSelected());
  }

  @FXML
  void no() {
    model.dismiss();
  }
}
