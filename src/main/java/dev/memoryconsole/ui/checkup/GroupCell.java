package dev.memoryconsole.ui.checkup;

import dev.memoryconsole.mend.find.Report;
import dev.memoryconsole.ui.common.text.Messages;
import java.util.List;
import javafx.scene.control.ListCell;
import org.jspecify.annotations.Nullable;

/** A group of memories in one line. */
final class GroupCell extends ListCell<List<Report.Found>> {
  private final Messages messages;

  GroupCell(Messages messages) {
    this.messages = messages;
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(@Nullable List<Report.Found> group, boolean none) {
    super.updateItem(group, none);
    setText(
        none || group == null
            ? null
            : messages.get(
                "checkup.group", group.size(), FoundCell.titled(group.getFirst(), messages)));
  }
}
