package dev.memoryconsole.ui.shell;

import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.text.Messages;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** A button for each place: those of the store above, the others at the bottom. */
final class Rail {
  private final Map<Place, ToggleButton> buttons = new EnumMap<>(Place.class);

  /**
   * Fills the box.
   *
   * @param go called with the place whose button is pressed
   */
  Rail(VBox box, Messages messages, Consumer<Place> go) {
    Region space = new Region();
    VBox.setVgrow(space, Priority.ALWAYS);
    for (Place place : Place.values()) {
      ToggleButton button = new ToggleButton(null, new FontIcon(place.icon()));
      button.setId(place.name().toLowerCase(Locale.ROOT));
      button.getStyleClass().add("rail-button");
      Icons.name(button, messages.get("place.withKey", messages.get(place.key()), place.digit()));
      button.setOnAction(event -> go.accept(place));
      buttons.put(place, button);
      if (!place.isOfStore() && !box.getChildren().contains(space)) {
        box.getChildren().add(space);
      }
      box.getChildren().add(button);
    }
  }

  /** Shows where we are, and where one can go. */
  void show(Place current, boolean storeOpen) {
    buttons.forEach(
        (place, button) -> {
          button.setSelected(place == current);
          boolean open = storeOpen || !place.isOfStore();
          button.setVisible(open);
          button.setManaged(open);
        });
  }

  /** The place that a key goes to; empty if it goes to none. */
  static Optional<Place> placeOf(KeyEvent event) {
    for (Place place : Place.values()) {
      KeyCode digit = KeyCode.getKeyCode(Integer.toString(place.digit()));
      if (new KeyCodeCombination(digit, KeyCombination.SHORTCUT_DOWN).match(event)) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }
}
