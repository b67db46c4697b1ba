package dev.memoryconsole.ui.mend;

import dev.memoryconsole.mend.Keep;
import dev.memoryconsole.ui.common.text.Messages;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javafx.scene.control.ComboBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** What is chosen of a merge: which one is kept, and what becomes of the others. */
final class MergeForm {
  private final ComboBox<Keep> keeps;
  private final ComboBox<Boolean> others;
  private boolean filling;

  MergeForm(
      ComboBox<Keep> keeps, ComboBox<Boolean> others, MendViewModel model, Messages messages) {
    this.keeps = keeps;
    this.others = others;
    choices(keeps, Arrays.asList(Keep.values()), keep -> MendWords.keep(keep, messages));
    choices(
        others,
        List.of(false, true),
        deletes -> messages.get(deletes ? "mend.others.deleted" : "mend.others.archived"));
    keeps
        .valueProperty()
        .addListener(
            (value, before, now) -> {
              if (!filling && now != null) {
                model.merge(draft -> draft.with(now));
              }
            });
    others
        .valueProperty()
        .addListener(
            (value, before, now) -> {
              if (!filling && now != null) {
                model.merge(draft -> draft.withDeletes(now));
              }
            });
  }

  private static <T> void choices(ComboBox<T> box, List<T> values, Function<T, String> words) {
    box.getItems().setAll(values);
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable T value) {
            return value == null ? "" : words.apply(value);
          }

          @Override
          public T fromString(String text) {
            throw new UnsupportedOperationException("Nothing is typed into it.");
          }
        });
  }

  /** Shows a draft without taking it for chosen. */
  void fill(MergeDraft draft) {
    filling = true;
    keeps.setValue(draft.keep());
    others.setValue(draft.deletes());
    filling = false;
  }
}
