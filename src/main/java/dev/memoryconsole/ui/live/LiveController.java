package dev.memoryconsole.ui.live;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.ui.common.Ages;
import dev.memoryconsole.ui.common.text.Messages;
import java.util.ArrayList;
import java.util.List;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.InvalidationListener;
import javafx.beans.value.ChangeListener;
import javafx.event.EventHandler;
import javafx.fxml.FXML;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Binds the line that says what others wrote, the key F5, and what is on screen of times, which go
 * on by themselves.
 */
public final class LiveController {
  private static final Duration TICK = Duration.seconds(30);

  private final LiveViewModel model;
  private final Messages messages;
  private final Timeline ticks = new Timeline(new KeyFrame(TICK, event -> tick()));
  private final EventHandler<KeyEvent> keys = this::keyPressed;
  private final ChangeListener<Window> windows = (value, before, now) -> follow(now);
  private final InvalidationListener visibility = value -> watch();
  private @Nullable Stage stage;

  @FXML private HBox root;
  @FXML private Label text;

  /** Called by the loader. */
  LiveController(LiveViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
    ticks.setCycleCount(Animation.INDEFINITE);
  }

  @FXML
  void initialize() {
    model.changes().addListener((value, before, now) -> show(now));
    show(model.changes().get());
    root.sceneProperty()
        .addListener(
            (value, before, now) -> {
              if (before != null) {
                before.removeEventFilter(KeyEvent.KEY_PRESSED, keys);
                before.windowProperty().removeListener(windows);
              }
              if (now != null) {
                now.addEventFilter(KeyEvent.KEY_PRESSED, keys);
                now.windowProperty().addListener(windows);
              }
              follow(now == null ? null : now.getWindow());
            });
  }

  /** Follows this window, and lets go of the one before, which may outlive this line. */
  private void follow(@Nullable Window window) {
    if (stage != null) {
      stage.showingProperty().removeListener(visibility);
      stage.iconifiedProperty().removeListener(visibility);
    }
    stage = window instanceof Stage now ? now : null;
    if (stage != null) {
      stage.showingProperty().addListener(visibility);
      stage.iconifiedProperty().addListener(visibility);
    }
    watch();
  }

  private void watch() {
    boolean visible = stage != null && stage.isShowing() && !stage.isIconified();
    model.watch(visible);
    if (visible) {
      ticks.play();
    } else {
      ticks.stop();
    }
  }

  private void show(Changes changes) {
    shown(root, changes.isAny());
    text.setText(words(changes));
  }

  private String words(Changes changes) {
    List<String> parts = new ArrayList<>();
    if (changes.added() > 0) {
      parts.add(messages.get("live.added", changes.added()));
    }
    if (changes.changed() > 0) {
      String key = changes.isWhole() ? "live.changed" : "live.changedAtLeast";
      parts.add(messages.get(key, changes.changed()));
    }
    if (changes.gone() > 0) {
      parts.add(messages.get("live.gone", changes.gone()));
    }
    return parts.isEmpty()
        ? messages.get("live.elsewhere")
        : messages.get("live.others", String.join(messages.get("live.between"), parts));
  }

  /** Lets what is on screen of times go on. */
  void tick() {
    Scene scene = root.getScene();
    if (scene != null) {
      Ages.renew(scene.getRoot());
    }
  }

  private void keyPressed(KeyEvent event) {
    if (event.getCode() == KeyCode.F5) {
      model.refresh();
      event.consume();
    }
  }

  @FXML
  void refresh() {
    model.refresh();
  }
}
