package dev.memoryconsole.ui.common;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Pane;
import org.jspecify.annotations.Nullable;

/** Gives the fields of a form the names that a screen reader says: the words beside them. */
final class Names {
  private static final String LABEL = "field-label";

  private Names() {}

  /** Names what has a label beside it in a grid, or names it in its prompt, and no name yet. */
  static void give(Node node) {
    if (node instanceof Label label && label.getLabelFor() instanceof Control control) {
      name(control, label.getText());
    }
    if (node instanceof GridPane grid) {
      grid.getChildren().forEach(child -> nameBeside(grid, child));
    }
    if (node instanceof Pane pane) {
      Label before = null;
      for (Node child : pane.getChildren()) {
        if (before != null && isField(child)) {
          name(child, before.getText());
        }
        before = child instanceof Label label ? label : null;
      }
    }
    if (node instanceof TextInputControl field) {
      name(field, field.getPromptText());
    }
    Contents.of(node).forEach(Names::give);
  }

  private static void nameBeside(GridPane grid, Node child) {
    if (child instanceof Label label && label.getStyleClass().contains(LABEL)) {
      int row = place(GridPane.getRowIndex(label));
      int column = place(GridPane.getColumnIndex(label)) + 1;
      grid.getChildren().stream()
          .filter(
              other ->
                  place(GridPane.getRowIndex(other)) == row
                      && place(GridPane.getColumnIndex(other)) == column)
          .findFirst()
          .ifPresent(beside -> nameFields(beside, label.getText()));
    }
  }

  private static int place(@Nullable Integer index) {
    return index == null ? 0 : index;
  }

  private static void nameFields(Node node, String words) {
    if (isField(node)) {
      name(node, words);
    } else if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> nameFields(child, words));
    }
  }

  private static boolean isField(Node node) {
    return node instanceof TextInputControl
        || node instanceof ComboBoxBase<?>
        || node instanceof Spinner<?>
        || node instanceof ListView<?>;
  }

  private static void name(Node control, @Nullable String words) {
    if (control.getAccessibleText() == null && words != null && !words.isBlank()) {
      control.setAccessibleText(words);
    }
  }
}
