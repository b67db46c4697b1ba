package dev.memoryconsole.ui.checkup;

import dev.memoryconsole.mend.find.Report;
import dev.memoryconsole.ui.common.text.Messages;
import javafx.scene.control.ListCell;
import org.jspecify.annotations.Nullable;

/** A memory in one line. */
final class FoundCell extends ListCell<Report.Found> {
  private final Messages messages;

  FoundCell(Messages messages) {
    this.messages = messages;
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(Report.@Nullable Found memory, boolean none) {
    super.updateItem(memory, none);
    setText(none || memory == null ? null : titled(memory, messages));
  }

  static String titled(Report.Found memory, Messages messages) {
    return memory.title().isBlank() ? messages.get("checkup.noText") : memory.title();
  }
}
