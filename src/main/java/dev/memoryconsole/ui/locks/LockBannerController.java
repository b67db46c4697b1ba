package dev.memoryconsole.ui.locks;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import java.time.Duration;
import javafx.fxml.FXML;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Binds the banner that says that a lock seems to be stuck, and the button that breaks it. */
public final class LockBannerController {
  private final LocksViewModel model;
  private final LockBreaking breaking;
  private final Messages messages;
  private final LockWords words;

  @FXML private HBox banner;
  @FXML private Label text;
  @FXML private Button breakLock;

  /** Called by the loader. */
  public LockBannerController(
      LocksViewModel model, LockBreaking breaking, Messages messages, Times times) {
    this.model = model;
    this.breaking = breaking;
    this.messages = messages;
    this.words = new LockWords(messages, times);
  }

  @FXML
  void initialize() {
    text.setGraphic(Icons.of(Feather.ALERT_TRIANGLE));
    model.alarm().addListener((value, before, now) -> show(now));
    show(null);
  }

  private void show(@Nullable LockAlarm alarm) {
    shown(banner, alarm != null);
    shown(breakLock, alarm != null && alarm.condition() != null);
    if (alarm != null) {
      breakLock.setDisable(!alarm.isAbandoned());
      text.setText(sentence(alarm));
      text.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
    }
  }

  private String sentence(LockAlarm alarm) {
    LockCondition condition = alarm.condition();
    String who = words.who(alarm.who());
    if (condition == null) {
      return messages.get(
          alarm.who().isOurs() ? "locks.stuck.ours" : "locks.stuck.other",
          who,
          alarm.held().toSeconds());
    }
    if (!condition.holder().isEmpty()) {
      Duration lease = condition.lease();
      return messages.get(
          alarm.isAbandoned() ? "locks.stuck.lease.abandoned" : "locks.stuck.lease.alive",
          messages.words(condition.holder()),
          condition.silence().toSeconds(),
          condition.stale().toSeconds(),
          lease == null ? -1 : lease.toSeconds());
    }
    return messages.get(
        alarm.isAbandoned() ? "locks.stuck.abandoned" : "locks.stuck.alive",
        who,
        alarm.held().toSeconds(),
        condition.silence().toSeconds(),
        condition.stale().toSeconds());
  }

  @FXML
  void breakLock() {
    breaking.ask();
  }
}
