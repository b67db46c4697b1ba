package dev.memoryconsole.ui;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.text.Text;
import javafx.stage.Stage;

/** Collects every text that any node of a window holds, with each pulse and whenever asked. */
public final class SceneText implements AutoCloseable {
  private final Stage stage;
  private final Runnable afterLayout = this::collect;
  private final Set<String> texts = ConcurrentHashMap.newKeySet();

  public SceneText(Stage stage) {
    this.stage = stage;
  }

  /** Whether a node is less than a line of text below the words that begin like this. */
  public static boolean isRightAbove(String words, Node below) {
    return WindowTest.ask(
        () -> {
          double top = below.localToScene(below.getLayoutBounds()).getMinY();
          return below.getScene().getRoot().lookupAll(".label").stream()
              .filter(label -> label instanceof Labeled said && said.getText().startsWith(words))
              .filter(WindowTest::visible)
              .mapToDouble(label -> top - label.localToScene(label.getLayoutBounds()).getMaxY())
              .anyMatch(gap -> gap >= 0 && gap < 24);
        });
  }

  public void watch() {
    WindowTest.run(() -> stage.getScene().addPostLayoutPulseListener(afterLayout));
  }

  public Set<String> all() {
    return texts;
  }

  /** Looks at every node, shown or not. User interface's thread. */
  public void collect() {
    collect(stage.getScene().getRoot());
  }

  private void collect(Node node) {
    switch (node) {
      case Labeled labeled -> {
        add(labeled.getText());
        add(labeled.getTooltip());
      }
      case TextInputControl field -> {
        add(field.getText());
        add(field.getPromptText());
        add(field.getTooltip());
      }
      case Text text -> add(text.getText());
      default -> {}
    }
    add(node.getAccessibleText());
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(this::collect);
    }
  }

  private void add(Tooltip tooltip) {
    if (tooltip != null) {
      add(tooltip.getText());
    }
  }

  private void add(String text) {
    if (text != null && !text.isEmpty()) {
      texts.add(text);
    }
  }

  @Override
  public void close() {
    Platform.runLater(
        () -> {
          if (stage.getScene() != null) {
            stage.getScene().removePostLayoutPulseListener(afterLayout);
          }
        });
  }
}
