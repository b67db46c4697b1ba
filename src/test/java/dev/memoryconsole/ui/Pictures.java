package dev.memoryconsole.ui;

import dev.memoryconsole.ui.common.PngFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** Pictures of the window, in the directory of the tour. */
public final class Pictures {
  private static final Path DIRECTORY =
      Path.of(System.getProperty("screens.directory", "target/screens"));

  private Pictures() {}

  public static Path shoot(Stage stage, String name) {
    return shoot(stage.getScene(), name);
  }

  /** Takes a picture of what another window than the stage shows, such as a popup. */
  public static Path shoot(Scene scene, String name) {
    WindowTest.run(() -> {});
    PngFile.Pixels pixels = WindowTest.ask(() -> PngFile.pixels(scene.snapshot(null)));
    try {
      Files.createDirectories(DIRECTORY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path file = DIRECTORY.resolve(name + ".png");
    PngFile.write(pixels, file);
    return file;
  }
}
