package dev.memoryconsole.ui.checkup;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.diff.WordDiff;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import java.util.function.Consumer;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;

/** Shows two memories of a group beside each other. */
public final class GroupController {
  private final GroupViewModel model;
  private final Messages messages;
  private final MemoryCard kept;
  private final MemoryCard other;

  @FXML private Label gone;
  @FXML private HBox cards;
  @FXML private HBox bar;
  @FXML private Button previous;
  @FXML private Button next;
  @FXML private Label position;
  @FXML private MenuItem archive;
  @FXML private MenuItem delete;
  @FXML private Button merge;

  /** Called by the loader. */
  GroupController(GroupViewModel model, Consumer<String> open, Messages messages, Times times) {
    this.model = model;
    this.messages = messages;
    this.kept = new MemoryCard("kept", open, messages, times);
    this.other = new MemoryCard("other", open, messages, times);
  }

  @FXML
  void initialize() {
    previous.setGraphic(Icons.of(Feather.CHEVRON_LEFT));
    next.setGraphic(Icons.of(Feather.CHEVRON_RIGHT));
    Icons.name(previous, messages.get("preview.previous"));
    Icons.name(next, messages.get("preview.next"));
    cards.getChildren().setAll(kept, other);
    HBox.setHgrow(kept, Priority.ALWAYS);
    HBox.setHgrow(other, Priority.ALWAYS);
    model.shown().addListener((value, before, now) -> show(now));
    show(model.shown().get());
  }

  private void show(GroupViewModel.Shown now) {
    MemoryEntry one = now.kept();
    MemoryEntry two = now.other();
    boolean pair = one != null && two != null;
    shown(cards, pair);
    shown(bar, pair);
    shown(gone, !pair && one != null);
    if (one == null || two == null) {
      return;
    }
    int others = now.others().size();
    WordDiff words = WordDiff.between(one.text(), two.text());
    kept.show(messages.get("checkup.kept"), one, two, words.removed(), "diff-mark-removed");
    other.show(
        messages.get("checkup.other", now.at() + 1, others),
        two,
        one,
        words.added(),
        "diff-mark-added");
    position.setText(messages.get("preview.position", now.at() + 1, others));
    shown(previous, others > 1);
    shown(next, others > 1);
    shown(position, others > 1);
    previous.setDisable(now.at() == 0);
    next.setDisable(now.at() + 1 >= others);
    archive.setText(messages.get("checkup.archive", others));
    delete.setText(messages.get("checkup.delete", others));
    merge.setText(messages.get("checkup.merge", others + 1));
  }

  @FXML
  void previous() {
    model.go(-1);
  }

  @FXML
  void next() {
    model.go(1);
  }

  @FXML
  void keep() {
    model.keepOther();
  }

  @FXML
  void merge() {
    model.merge();
  }

  @FXML
  void delete() {
    model.deleteOthers();
  }

  @FXML
  void archive() {
    model.archiveOthers();
  }
}
