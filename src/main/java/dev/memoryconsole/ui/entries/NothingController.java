package dev.memoryconsole.ui.entries;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.ui.common.text.Messages;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Says why there are no memories to show, and what to do. */
public final class NothingController {
  private final EntriesViewModel model;
  private final Messages messages;

  @FXML private VBox root;
  @FXML private FontIcon icon;
  @FXML private Label title;
  @FXML private Label text;
  @FXML private Button action;

  /** Called by the loader. */
  public NothingController(EntriesViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
  }

  @FXML
  void initialize() {
    model.content().addListener((value, before, now) -> show(now));
    show(model.content().get());
  }

  private void show(EntriesViewModel.Content content) {
    switch (content) {
      case LOADING, ROWS -> root.setVisible(false);
      case EMPTY_STORE -> say("empty.store", Feather.INBOX, false);
      case NOTHING_LEGACY -> say("empty.legacy", Feather.CHECK_CIRCLE, true);
      case NO_MATCH -> say("empty.noMatch", Feather.SEARCH, true);
    }
  }

  private void say(String key, Feather picture, boolean filtered) {
    root.setVisible(true);
    icon.setIconCode(picture);
    title.setText(messages.get(key + ".title"));
    text.setText(messages.get(key + ".text"));
    shown(action, filtered);
  }

  @FXML
  void clearFilter() {
    model.filter().clear();
  }
}
