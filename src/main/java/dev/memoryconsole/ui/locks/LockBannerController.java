package dev.memoryconsole.ui.locks;

import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.Messages;
import dev.memoryconsole.ui.common.Times;
import javafx.fxml.FXML;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Binds the banner that says that a lock seems to be stuck. */
public final class LockBannerController {
  private final LocksViewModel model;
  private final Messages messages;
  private final LockWords words;

  @FXML private HBox banner;
  @FXML private Label text;

  /** Called by the loader. */
  public LockBannerController(LocksViewModel model, Messages messages, Times times) {
    this.model = model;
    this.messages = messages;
    this.words = new LockWords(messages, times);
  }

  @FXML
  void initialize() {
    text.setGraphic(Icons.of(Feather.ALERT_TRIANGLE));
    model.stuck().addListener((value, before, now) -> show(now));
    show(null);
  }

  private void show(@Nullable StuckLock stuck) {
    banner.setVisible(stuck != null);
    banner.setManaged(stuck != null);
    if (stuck != null) {
      text.setText(
          messages.get(
              stuck.who().isOurs() ? "locks.stuck.ours" : "locks.stuck.other",
              words.who(stuck.who()),
              stuck.heldSeconds()));
      text.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
    }
  }
}
