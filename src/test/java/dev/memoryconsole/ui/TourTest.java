package dev.memoryconsole.ui;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.control.TableView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;

/** Takes pictures of screens, to be looked at. */
abstract class TourTest extends ModelWindowTest {
  static final Path DIRECTORY = Path.of(System.getProperty("screens.directory", "target/screens"));
  static final double WIDTH = 1440;
  static final double HEIGHT = 900;

  String suffix = "";

  TableView<?> table(String selector) {
    return (TableView<?>) root().lookup(selector);
  }

  void shoot(String name) {
    run(() -> {});
    WritableImage image = ask(() -> stage.getScene().snapshot(null));
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    int[] pixels = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    copy.setRGB(0, 0, width, height, pixels, 0, width);
    try {
      Files.createDirectories(DIRECTORY);
      ImageIO.write(copy, "png", DIRECTORY.resolve(name + suffix + ".png").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
