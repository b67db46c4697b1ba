package dev.memoryconsole.ui.checkup;

import dev.memoryconsole.mend.find.Finding;
import dev.memoryconsole.ui.common.text.Messages;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** A finding and how much there is of it. */
final class FindingCell extends ListCell<Finding> {
  private static final PseudoClass ANY = PseudoClass.getPseudoClass("any");

  private final CheckupViewModel model;
  private final Messages messages;
  private final Label name = new Label();
  private final Label count = new Label();
  private final HBox line;

  FindingCell(CheckupViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    count.getStyleClass().add("finding-count");
    count.setMinWidth(Region.USE_PREF_SIZE);
    line = new HBox(name, space, count);
    line.getStyleClass().add("finding-line");
  }

  @Override
  protected void updateItem(@Nullable Finding finding, boolean none) {
    super.updateItem(finding, none);
    CheckupViewModel.Checked now = model.checked().get();
    if (none || finding == null || now == null) {
      setGraphic(null);
      return;
    }
    int found = now.found(finding).size();
    name.setText(FindingWords.name(finding, messages));
    count.setText(messages.numbers().whole(found));
    count.pseudoClassStateChanged(ANY, found > 0);
    setAccessibleText(name.getText() + " " + count.getText());
    setGraphic(line);
  }
}
