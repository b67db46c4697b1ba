package dev.memoryconsole.ui.mend;

import dev.memoryconsole.mend.Keep;
import dev.memoryconsole.ui.common.text.Choices;
import dev.memoryconsole.ui.common.text.Messages;
import java.util.Arrays;
import java.util.List;
import javafx.scene.control.ComboBox;

/** What is chosen of a merge: which one is kept, and what becomes of the others. */
final class MergeForm {
  private final ComboBox<Keep> keeps;
  private final ComboBox<Boolean> others;
  private boolean filling;

  MergeForm(
      ComboBox<Keep> keeps, ComboBox<Boolean> others, MendViewModel model, Messages messages) {
    this.keeps = keeps;
    this.others = others;
    Choices.fill(keeps, Arrays.asList(Keep.values()), keep -> MendWords.keep(keep, messages));
    Choices.fill(
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

  /** Shows a draft without taking it for chosen. */
  void fill(MergeDraft draft) {
    filling = true;
    keeps.setValue(draft.keep());
    others.setValue(draft.deletes());
    filling = false;
  }
}
