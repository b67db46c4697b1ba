package dev.memoryconsole.ui.common;

import dev.memoryconsole.ui.common.text.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

/** Loads FXML whose controllers are built by hand. A controller nobody registered is an error. */
public final class Views {
  private final Messages messages;
  private final Map<Class<?>, Supplier<?>> controllers = new HashMap<>();

  /** With the words of one language. */
  public Views(Messages messages) {
    this.messages = messages;
  }

  /** Says how to build a controller. */
  public <C> Views with(Class<C> type, Supplier<C> controller) {
    controllers.put(type, controller);
    return this;
  }

  /** Loads the FXML beside a controller's class when it is needed. */
  public <C> Later<C> later(Class<C> type, String file) {
    return new Later<>(() -> load(type, file));
  }

  /** Loads the FXML beside a controller's class. */
  public <C> View<C> load(Class<C> type, String file) {
    FXMLLoader loader =
        new FXMLLoader(Objects.requireNonNull(type.getResource(file), file), messages.bundle());
    loader.setControllerFactory(this::controller);
    try {
      Parent root = loader.load();
      Names.give(root);
      return new View<>(root, type.cast(loader.getController()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Object controller(Class<?> type) {
    Supplier<?> controller = controllers.get(type);
    if (controller == null) {
      throw new IllegalStateException("No controller is registered for " + type.getName() + ".");
    }
    return controller.get();
  }
}
