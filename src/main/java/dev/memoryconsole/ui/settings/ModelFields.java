package dev.memoryconsole.ui.settings;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.ui.settings.ModelDraft.Field;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TextFormatter;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The fields of a model, each with what is wrong with it below. */
final class ModelFields {
  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

  private final Map<Field, TextField> fields = new EnumMap<>(Field.class);
  private final Map<Field, Label> problems = new EnumMap<>(Field.class);
  private final Runnable keyRefused;

  /**
   * Binds these fields.
   *
   * @param keyRefused called when somebody has tried to enter a key
   */
  ModelFields(Map<Field, TextField> byField, ModelForm form, Runnable keyRefused) {
    this.keyRefused = keyRefused;
    fields.putAll(byField);
    fields.forEach(
        (field, text) -> {
          text.setTextFormatter(new TextFormatter<>(this::refuseKeys));
          text.textProperty().bindBidirectional(form.text(field));
          Label problem = new Label();
          problem.setId(field.name().toLowerCase(Locale.ROOT) + "Problem");
          problem.getStyleClass().add("field-problem");
          problem.setWrapText(true);
          problem.setMinHeight(Label.USE_PREF_SIZE);
          problems.put(field, problem);
          box(text).getChildren().add(problem);
        });
    show(Map.of());
  }

  /** What looks like a key never gets into a field, not even for a moment. */
  private TextFormatter.@Nullable Change refuseKeys(TextFormatter.Change change) {
    if (change.isContentChange() && KeySource.looksLikeKey(change.getControlNewText())) {
      keyRefused.run();
      return null;
    }
    return change;
  }

  private static VBox box(TextField field) {
    for (Parent at = field.getParent(); at != null; at = at.getParent()) {
      if (at instanceof VBox box && box.getStyleClass().contains("field")) {
        return box;
      }
    }
    throw new IllegalStateException("The field " + field.getId() + " has no box.");
  }

  /** Shows the sentence under each field that is wrong. */
  void show(Map<Field, String> wrong) {
    problems.forEach(
        (field, label) -> {
          String words = wrong.getOrDefault(field, "");
          label.setText(words);
          shown(label, !words.isEmpty());
          Objects.requireNonNull(fields.get(field))
              .pseudoClassStateChanged(WRONG, !words.isEmpty());
        });
  }

  /** The first field that is wrong. */
  Optional<Node> firstWrong() {
    return problems.entrySet().stream()
        .filter(problem -> problem.getValue().isVisible())
        .findFirst()
        .map(problem -> fields.get(problem.getKey()));
  }
}
