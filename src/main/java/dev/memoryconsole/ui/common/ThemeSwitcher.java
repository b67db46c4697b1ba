package dev.memoryconsole.ui.common;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.memoryconsole.settings.Settings.Theme;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.application.Application;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Parent;
import javafx.scene.Scene;

/** Light or dark. User interface's thread only. */
public final class ThemeSwitcher {
  private static final String OURS =
      Objects.requireNonNull(ThemeSwitcher.class.getResource("/dev/memoryconsole/ui/console.css"))
          .toExternalForm();

  private final ReadOnlyObjectWrapper<Theme> theme;
  private final Consumer<Theme> save;

  /**
   * @param initial the theme to start with
   * @param save remembers a choice; called on the user interface's thread
   */
  public ThemeSwitcher(Theme initial, Consumer<Theme> save) {
    this.theme = new ReadOnlyObjectWrapper<>(initial);
    this.save = save;
  }

  /** The theme now. */
  public ReadOnlyObjectProperty<Theme> theme() {
    return theme.getReadOnlyProperty();
  }

  /** Dresses a scene and keeps it dressed. */
  public void install(Scene scene) {
    scene.getStylesheets().add(OURS);
    apply(scene.getRoot());
    theme.addListener((value, before, now) -> apply(scene.getRoot()));
  }

  /** From light to dark or back. */
  public void toggle() {
    theme.set(theme.get() == Theme.LIGHT ? Theme.DARK : Theme.LIGHT);
    save.accept(theme.get());
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
