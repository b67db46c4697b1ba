package dev.memoryconsole.ui.common;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.settings.look.Theme;
import java.util.function.Consumer;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.Parent;
import javafx.scene.Scene;
import org.jspecify.annotations.Nullable;

/**
 * How one window looks: light, dark or as the system has it, and the size of its text. User
 * interface's thread only.
 */
public final class ThemeSwitcher {
  private final ReadOnlyObjectWrapper<Appearance> chosen;
  private final ReadOnlyObjectWrapper<Theme> theme = new ReadOnlyObjectWrapper<>(Theme.LIGHT);
  private final ObservableValue<ColorScheme> system;
  private final Consumer<Appearance> save;
  private final InvalidationListener systemChanged = value -> decide();
  private @Nullable Scene scene;

  /**
   * @param initial what to start with
   * @param system the system's colours, followed until {@link #close}
   * @param save remembers a choice; called on the user interface's thread
   */
  public ThemeSwitcher(
      Appearance initial, ObservableValue<ColorScheme> system, Consumer<Appearance> save) {
    this.chosen = new ReadOnlyObjectWrapper<>(initial);
    this.system = system;
    this.save = save;
    system.addListener(systemChanged);
    decide();
  }

  /** What was chosen. */
  public ReadOnlyObjectProperty<Appearance> chosen() {
    return chosen.getReadOnlyProperty();
  }

  /** The colours now, which follow the system's if nothing else was chosen. */
  public ReadOnlyObjectProperty<Theme> theme() {
    return theme.getReadOnlyProperty();
  }

  /** Dresses a scene and its text, and keeps it dressed until {@link #close}. */
  public void install(Scene dressed) {
    scene = dressed;
    magnify(dressed.getRoot());
    dressed.getStylesheets().setAll(TextSize.stylesheet(chosen.get().textSize()));
    apply(dressed.getRoot());
  }

  /** Gives a view that was not in the scene when it was dressed the size that all has. */
  public void magnify(Parent view) {
    TextSize.magnify(view, chosen.get().textSize());
  }

  /** Leaves the scene as it is and the system alone. */
  public void close() {
    system.removeListener(systemChanged);
    scene = null;
  }

  /** Chooses how the window looks, and remembers it. */
  public void choose(Appearance next) {
    if (!next.equals(chosen.get())) {
      chosen.set(next);
      decide();
      save.accept(next);
    }
  }

  /** From light to dark or back, whatever the system has. */
  public void toggle() {
    choose(chosen.get().withTheme(theme.get() == Theme.LIGHT ? Theme.DARK : Theme.LIGHT));
  }

  private void decide() {
    Theme wanted = chosen.get().theme();
    boolean dark = wanted == null ? system.getValue() == ColorScheme.DARK : wanted == Theme.DARK;
    theme.set(dark ? Theme.DARK : Theme.LIGHT);
    if (scene != null) {
      apply(scene.getRoot());
    }
  }

  private void apply(Parent root) {
    boolean dark = theme.get() == Theme.DARK;
    Application.setUserAgentStylesheet(
        dark
            ? new PrimerDark().getUserAgentStylesheet()
            : new PrimerLight().getUserAgentStylesheet());
    root.getStyleClass().removeAll("mc-light", "mc-dark");
    root.getStyleClass().add(dark ? "mc-dark" : "mc-light");
  }
}
