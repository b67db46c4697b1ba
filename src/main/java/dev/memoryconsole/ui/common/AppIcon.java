package dev.memoryconsole.ui.common;

import java.util.Objects;
import javafx.scene.image.Image;

/** The application's icon. */
public final class AppIcon {
  private static final String FILE = "/dev/memoryconsole/assets/icon.png";

  private AppIcon() {}

  /** As it is in the assets. */
  public static Image image() {
    return new Image(Objects.requireNonNull(AppIcon.class.getResource(FILE)).toExternalForm());
  }
}
