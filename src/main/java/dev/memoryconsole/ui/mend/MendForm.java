package dev.memoryconsole.ui.mend;

import dev.memoryconsole.mend.MendField;
import dev.memoryconsole.ui.common.text.Messages;
import java.util.ArrayList;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.util.Duration;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** The fields that can be set in many memories. Nothing in a field means: as it is. */
final class MendForm {
  // Long enough to type on, so that a large selection is not looked at for every letter.
  private static final Duration PAUSE = Duration.millis(250);

  private final MendViewModel model;
  private final Messages messages;
  private boolean filling;

  MendForm(MendViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
  }

  /** A field with values to choose from. */
  void choices(ComboBox<String> box, MendField field) {
    List<String> values = new ArrayList<>(List.of(""));
    values.addAll(field.choices());
    box.getItems().setAll(values);
    box.setConverter(new AsItIs(messages.get("mend.asItIs")));
    box.setValue("");
    box.valueProperty().addListener((value, before, now) -> set(field, now == null ? "" : now));
  }

  /** A field with values to choose from, or to type another. */
  void text(ComboBox<String> box, MendField field) {
    box.setPromptText(messages.get("mend.asItIs"));
    text(box.getEditor(), field);
  }

  /** A field to type into. */
  void text(TextField typed, MendField field) {
    typed.setPromptText(messages.get("mend.asItIs"));
    PauseTransition pause = new PauseTransition(PAUSE);
    pause.setOnFinished(event -> set(field, typed.getText()));
    typed
        .textProperty()
        .addListener(
            value -> {
              if (!filling) {
                pause.playFromStart();
              }
            });
    typed.setOnAction(
        event -> {
          pause.stop();
          set(field, typed.getText());
        });
  }

  private void set(MendField field, String text) {
    if (!filling) {
      model.set(field, text);
    }
  }

  /** Shows a draft without taking it for typed. */
  void fill(Runnable action) {
    filling = true;
    action.run();
    filling = false;
  }

  private static final class AsItIs extends StringConverter<String> {
    private final String words;

    AsItIs(String words) {
      this.words = words;
    }

    @Override
    public String toString(@Nullable String value) {
      return value == null || value.isEmpty() ? words : value;
    }

    @Override
    public String fromString(String text) {
      return text.equals(words) ? "" : text;
    }
  }
}
