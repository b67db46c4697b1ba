package dev.memoryconsole.ui.shell;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.frame.Screen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** A button for each screen: those of the store above, the others at the bottom. */
final class Rail {
  private final Map<Screen, ToggleButton> buttons = new LinkedHashMap<>();

  /**
   * Fills the box.
   *
   * @param go called with the screen whose button is pressed
   */
  Rail(VBox box, Messages messages, List<Screen> screens, Consumer<Screen> go) {
    Region space = new Region();
    VBox.setVgrow(space, Priority.ALWAYS);
    int digit = 1;
    for (Screen screen : screens) {
      ToggleButton button = new ToggleButton(null, new FontIcon(screen.icon()));
      button.setId(screen.id());
      button.getStyleClass().add("rail-button");
      Icons.name(button, messages.get("place.withKey", messages.get(screen.name()), digit++));
      button.setOnAction(event -> go.accept(screen));
      buttons.put(screen, button);
      if (!screen.ofStore() && !box.getChildren().contains(space)) {
        box.getChildren().add(space);
      }
      box.getChildren().add(button);
    }
  }

  /** Shows where we are, and where one can go. */
  void show(@Nullable Screen current, boolean storeOpen) {
    buttons.forEach(
        (screen, button) -> {
          button.setSelected(screen.equals(current));
          boolean open = storeOpen || !screen.ofStore();
          shown(button, open);
        });
  }
}
