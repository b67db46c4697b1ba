package dev.memoryconsole.ui.common;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javafx.scene.image.Image;

/** The application's icon. */
public final class AppIcon {
  private static final String FOLDER = "/dev/memoryconsole/assets/icons/";
  // What title bars, task bars and switchers of windows ask for.
  private static final int[] SIZES = {16, 24, 32, 48, 64, 128, 256};

  private AppIcon() {}

  /** The largest of {@link #images}. */
  public static Image image() {
    return image(SIZES[SIZES.length - 1]);
  }

  /** Each size that a window may be asked for. */
  public static List<Image> images() {
    return IntStream.of(SIZES).mapToObj(AppIcon::image).toList();
  }

  private static Image image(int size) {
    return new Image(
        Objects.requireNonNull(AppIcon.class.getResource(FOLDER + size + ".png")).toExternalForm());
  }
}
