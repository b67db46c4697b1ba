package dev.memoryconsole.ui.entries;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.ui.common.text.Messages;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/** Says what the rows are waited for, and lets the admin wait no longer. */
public final class WaitingController {
  private final EntriesViewModel model;
  private final Messages messages;

  @FXML private HBox root;
  @FXML private Label words;
  @FXML private Button cancel;

  /** Called by the loader. */
  public WaitingController(EntriesViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
  }

  @FXML
  void initialize() {
    model.late().addListener((value, before, now) -> show(now));
    show(false);
  }

  private void show(boolean late) {
    boolean opening = model.content().get() == EntriesViewModel.Content.LOADING;
    long shown = model.matching().get();
    if (opening || shown == EntriesViewModel.UNKNOWN) {
      words.setText(messages.get("entries.listing"));
    } else {
      words.setText(
          model.isSorting()
              ? messages.get("entries.sorting", shown)
              : messages.get("entries.searching"));
    }
    // There is nothing to go back to while a store is opened.
    shown(cancel, !opening);
    shown(root, late);
  }

  @FXML
  void cancelListing() {
    model.cancelListing();
  }
}
