package dev.memoryconsole.ui.common.dialog;

import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/**
 * A panel over the window: while it is shown it has the keyboard, afterwards the focus is where it
 * was. User interface's thread only.
 */
public final class Overlay {
  private final Node root;
  private @Nullable Node focusedBefore;

  /**
   * Prepares a panel that is not shown yet.
   *
   * @param onEscape called when Escape is pressed
   */
  Overlay(Node root, Runnable onEscape) {
    this.root = root;
    root.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ESCAPE) {
            onEscape.run();
          }
          // Nothing behind the panel hears of it.
          event.consume();
        });
    root.setVisible(false);
  }

  /**
   * Shows a panel while there is something to show in it.
   *
   * @param fill fills the panel, which is shown by then, and puts the focus on something in it
   * @param onEscape called when Escape is pressed
   */
  public static <T> void follow(
      Node root, ObservableValue<@Nullable T> what, Consumer<T> fill, Runnable onEscape) {
    Overlay panel = new Overlay(root, onEscape);
    what.addListener(
        (value, before, now) -> {
          if (now == null) {
            panel.hide();
          } else {
            panel.show();
            fill.accept(now);
          }
        });
  }

  /** Shows it; the caller puts the focus on something in it. */
  void show() {
    if (!root.isVisible()) {
      root.setVisible(true);
      Scene scene = root.getScene();
      focusedBefore = scene == null ? null : scene.getFocusOwner();
    }
  }

  /** Hides it and gives the focus back. */
  void hide() {
    root.setVisible(false);
    Node before = focusedBefore;
    focusedBefore = null;
    if (before != null) {
      before.requestFocus();
    }
  }
}
