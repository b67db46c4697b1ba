package dev.memoryconsole.ui.common;

import dev.memoryconsole.exchange.WholeFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javax.imageio.ImageIO;

/** Saves a picture of a screen as PNG. */
public final class PngFile {
  private PngFile() {}

  /** A picture's pixels, copied; may be handed from one thread to another. */
  public static final class Pixels {
    private final int width;
    private final int height;
    private final int[] argb;

    private Pixels(int width, int height, int[] argb) {
      this.width = width;
      this.height = height;
      this.argb = argb;
    }
  }

  /** Copies the pixels. User interface's thread. */
  public static Pixels pixels(Image image) {
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    int[] argb = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), argb, 0, width);
    return new Pixels(width, height, argb);
  }

  /**
   * Writes them, whole or not at all. Background threads only.
   *
   * @throws dev.memoryconsole.exchange.ExchangeException if the file can't be written; it is as it
   *     was
   */
  public static void write(Pixels pixels, Path file) {
    int width = pixels.width;
    int height = pixels.height;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, pixels.argb, 0, width);
    WholeFile.write(
        file,
        out -> {
          if (!ImageIO.write(image, "png", out)) {
            throw new IOException("no writer for PNG");
          }
        });
  }
}
