package dev.memoryconsole.ui.common.text;

import java.util.List;
import java.util.function.Function;
import javafx.scene.control.ComboBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** What can be chosen in a box, in words. User interface's thread only. */
public final class Choices {
  private Choices() {}

  /** Fills a box that nothing is typed into; an empty choice has no words. */
  public static <T> void fill(ComboBox<T> box, List<T> values, Function<T, String> words) {
    box.getItems().setAll(values);
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable T value) {
            return value == null ? "" : words.apply(value);
          }

          @Override
          public T fromString(String text) {
            throw new UnsupportedOperationException("The box is not editable.");
          }
        });
  }
}
