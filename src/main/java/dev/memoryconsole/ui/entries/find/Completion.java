package dev.memoryconsole.ui.entries.find;

import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.stage.Popup;
import org.jspecify.annotations.Nullable;

/**
 * Offers below a field how what is typed may go on. Down and Up choose, Enter and Tab take, Escape
 * closes; a click takes as well. The cursor stays in the field.
 */
public final class Completion {
  private static final double ROW = 28;
  private static final double WIDTH = 220;

  private final TextField field;
  private final Suggestions suggestions;
  private final Popup popup = new Popup();
  private final ListView<Suggestion> list = new ListView<>();
  private final @Nullable String usualHelp;
  private boolean taking;

  /** For this field, from now on. */
  public Completion(TextField field, Suggestions suggestions, String name) {
    this.field = field;
    this.suggestions = suggestions;
    list.setId("completion");
    list.getStyleClass().addAll("completion", "dense");
    list.setAccessibleText(name);
    list.setFocusTraversable(false);
    list.setFixedCellSize(ROW);
    list.setPrefWidth(WIDTH);
    list.setCellFactory(any -> new SuggestionCell());
    list.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> take());
    // The focus stays in the field: who can't see the list is told there.
    usualHelp = field.getAccessibleHelp();
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (value, before, now) -> field.setAccessibleHelp(now == null ? usualHelp : now.text()));
    popup.setOnHidden(event -> field.setAccessibleHelp(usualHelp));
    popup.getContent().add(list);
    popup.setAutoHide(true);
    field.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    field.focusedProperty().addListener((value, before, now) -> popup.hide());
    field
        .caretPositionProperty()
        .addListener(
            (value, before, now) -> {
              if (!taking) {
                offer(now.intValue());
              }
            });
  }

  private void offer(int cursor) {
    boolean typing =
        field.isFocused() && field.getScene() != null && cursor <= field.getText().length();
    List<Suggestion> fitting = typing ? suggestions.at(field.getText(), cursor) : List.of();
    list.getItems().setAll(fitting);
    if (fitting.isEmpty()) {
      popup.hide();
      return;
    }
    list.setPrefHeight(fitting.size() * ROW + 2);
    Bounds place = field.localToScreen(field.getBoundsInLocal());
    if (place != null && !popup.isShowing()) {
      popup.show(field, place.getMinX(), place.getMaxY() + 2);
    }
  }

  private void keyPressed(KeyEvent event) {
    if (!popup.isShowing()) {
      return;
    }
    int chosen = list.getSelectionModel().getSelectedIndex();
    switch (event.getCode()) {
      case DOWN -> list.getSelectionModel().select((chosen + 1) % list.getItems().size());
      case UP ->
          list.getSelectionModel().select(chosen <= 0 ? list.getItems().size() - 1 : chosen - 1);
      case ENTER -> {
        if (chosen < 0) {
          popup.hide();
          return;
        }
        take();
      }
      case TAB -> {
        if (event.isShiftDown()) {
          return;
        }
        list.getSelectionModel().select(Math.max(0, chosen));
        take();
      }
      case ESCAPE -> popup.hide();
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void take() {
    Suggestion chosen = list.getSelectionModel().getSelectedItem();
    if (chosen == null) {
      return;
    }
    popup.hide();
    taking = true;
    field.setText(chosen.in(field.getText()));
    taking = false;
    field.positionCaret(chosen.from() + chosen.text().length());
    offer(field.getCaretPosition());
  }

  private static final class SuggestionCell extends ListCell<Suggestion> {
    @Override
    protected void updateItem(@Nullable Suggestion item, boolean empty) {
      super.updateItem(item, empty);
      setText(empty || item == null ? null : item.text());
    }
  }
}
