package dev.memoryconsole.ui.common.dialog;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.beans.value.WeakChangeListener;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.TraversalDirection;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/**
 * A panel over the window: while it is shown it has the keyboard, and Tab goes round in it;
 * afterwards the focus is where it was. User interface's thread only.
 */
public final class Overlay {
  private static final String LAYER = "scrim";

  private final Node root;
  private final ChangeListener<@Nullable Node> stay = (value, before, now) -> stay(before, now);
  // A window's content that is built anew while a panel is shown is not kept by its scene.
  private final WeakChangeListener<@Nullable Node> weakly = new WeakChangeListener<>(stay);
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
          // Nothing behind the panel hears of it; but it is the scene that moves the focus on from
          // a list of choices and the like.
          if (event.getCode() != KeyCode.TAB) {
            event.consume();
          }
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
    Runnable show =
        () -> {
          T now = what.getValue();
          if (now == null) {
            panel.hide();
          } else {
            panel.show();
            fill.accept(now);
          }
        };
    what.addListener((value, before, now) -> show.run());
    if (what.getValue() != null) {
      // Asked for before it was built; it can be shown once it is in the window.
      Platform.runLater(show);
    }
  }

  /** Shows it; the caller puts the focus on something in it. */
  void show() {
    if (!root.isVisible()) {
      root.setVisible(true);
      Scene scene = root.getScene();
      if (scene != null) {
        focusedBefore = scene.getFocusOwner();
        scene.focusOwnerProperty().addListener(weakly);
      }
    }
  }

  /** Brings the focus back that left for what lies behind. */
  private void stay(@Nullable Node before, @Nullable Node now) {
    if (now == null || isInLayer(now)) {
      return;
    }
    List<Node> here = new ArrayList<>();
    collect(root, here);
    if (!here.isEmpty()) {
      boolean backwards = here.getFirst().equals(before);
      // Whoever moves the focus is not done with it yet.
      Platform.runLater(() -> takeBack(here, backwards));
    }
  }

  /** As by a key, so that the ring of the focus is seen. */
  private void takeBack(List<Node> here, boolean backwards) {
    if (!hasLostFocus()) {
      return;
    }
    if (!backwards) {
      root.requestFocusTraversal(TraversalDirection.NEXT);
    } else if (here.size() > 1) {
      here.get(here.size() - 2).requestFocusTraversal(TraversalDirection.NEXT);
    }
    if (hasLostFocus()) {
      (backwards ? here.getLast() : here.getFirst()).requestFocus();
    }
  }

  private boolean hasLostFocus() {
    Scene scene = root.getScene();
    return root.isVisible()
        && scene != null
        && scene.getFocusOwner() != null
        && !isInLayer(scene.getFocusOwner());
  }

  /** Whether a node is in this panel, or in another over the window. */
  private static boolean isInLayer(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (at.getStyleClass().contains(LAYER)) {
        return true;
      }
    }
    return false;
  }

  private static void collect(Node node, List<Node> into) {
    if (node.isVisible() && !node.isDisabled()) {
      if (node.isFocusTraversable()) {
        into.add(node);
      }
      if (node instanceof Parent parent) {
        parent.getChildrenUnmodifiable().forEach(child -> collect(child, into));
      }
    }
  }

  /** Hides it and gives the focus back. */
  void hide() {
    root.setVisible(false);
    if (root.getScene() != null) {
      root.getScene().focusOwnerProperty().removeListener(weakly);
    }
    Node before = focusedBefore;
    focusedBefore = null;
    if (before != null) {
      before.requestFocus();
    }
  }
}
