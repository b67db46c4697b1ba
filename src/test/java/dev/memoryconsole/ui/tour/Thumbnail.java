package dev.memoryconsole.ui.tour;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;

/**
 * A picture of the window made small: each of its pixels is the mean of a square of {@value #BLOCK}
 * pixels. Immutable.
 *
 * <p>What text looks like depends on the machine: its fonts, their hinting and smoothing. Where
 * text is, where bars, columns and buttons are and what colours they have does not, or only by a
 * few pixels. So a letter is no longer seen in it, and a square counts as the same if the other
 * picture has its brightness and colour somewhere in the squares around it.
 */
final class Thumbnail {
  /** How many pixels of the window, in both directions, are one of it. */
  static final int BLOCK = 8;

  // Of 255: less is a letter that is another, more is something else.
  private static final int ALIKE = 28;
  // In which brightness is told.
  private static final int STEP = 16;
  // How far away, in squares, the same may be.
  private static final int NEAR = 1;
  // The part of all squares that may differ.
  private static final double SEEN = 0.01;
  // As large as a short button, in squares; and the part of it that differs if it is gone.
  private static final Dimension WINDOW = new Dimension(8, 3);
  private static final double DENSE = 0.6;

  private final int width;
  private final int height;
  private final int[] rgb;

  private Thumbnail(int width, int height, int[] rgb) {
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /** Makes a picture of the window small. */
  static Thumbnail of(BufferedImage picture) {
    int width = picture.getWidth() / BLOCK;
    int height = picture.getHeight() / BLOCK;
    int[] rgb = new int[width * height];
    int[] block = new int[BLOCK * BLOCK];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.getRGB(x * BLOCK, y * BLOCK, BLOCK, BLOCK, block, 0, BLOCK);
        rgb[y * width + x] = mean(block);
      }
    }
    return new Thumbnail(width, height, rgb);
  }

  /** Takes a picture that has been made small before. */
  static Thumbnail small(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] rgb = picture.getRGB(0, 0, width, height, null, 0, width);
    return new Thumbnail(width, height, rgb);
  }

  private static int mean(int[] block) {
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int pixel : block) {
      red += pixel >> 16 & 0xFF;
      green += pixel >> 8 & 0xFF;
      blue += pixel & 0xFF;
    }
    int count = block.length;
    return coarse(red / count) << 16 | coarse(green / count) << 8 | coarse(blue / count);
  }

  /** Much less than what counts as alike, and files of two thirds of the size. */
  private static int coarse(int channel) {
    return Math.min(255, (channel + STEP / 2) / STEP * STEP);
  }

  /** As a picture, for a file. */
  BufferedImage image() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, rgb, 0, width);
    return image;
  }

  boolean isAsLargeAs(Thumbnail other) {
    return width == other.width && height == other.height;
  }

  /**
   * Compares with another.
   *
   * @param other of the same size
   */
  Difference against(Thumbnail other) {
    if (!isAsLargeAs(other)) {
      throw new IllegalArgumentException("They are of different sizes.");
    }
    int differing = 0;
    Rectangle where = new Rectangle(-1, -1);
    // How many differ above and to the left of a place.
    int[][] before = new int[height + 1][width + 1];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean differs =
            !other.hasNear(x, y, rgb[y * width + x]) || !hasNear(x, y, other.rgb[y * width + x]);
        before[y + 1][x + 1] =
            before[y][x + 1] + before[y + 1][x] - before[y][x] + (differs ? 1 : 0);
        if (differs) {
          differing++;
          where.add(new Rectangle(x * BLOCK, y * BLOCK, BLOCK, BLOCK));
        }
      }
    }
    return new Difference((double) differing / rgb.length, densest(before), where);
  }

  private double densest(int[][] before) {
    int most = 0;
    for (int y = WINDOW.height; y <= height; y++) {
      for (int x = WINDOW.width; x <= width; x++) {
        int above = before[y - WINDOW.height][x] - before[y - WINDOW.height][x - WINDOW.width];
        most = Math.max(most, before[y][x] - before[y][x - WINDOW.width] - above);
      }
    }
    return (double) most / (WINDOW.width * WINDOW.height);
  }

  private boolean hasNear(int x, int y, int colour) {
    for (int dy = -NEAR; dy <= NEAR; dy++) {
      for (int dx = -NEAR; dx <= NEAR; dx++) {
        int there = Math.clamp(x + dx, 0, width - 1);
        int down = Math.clamp(y + dy, 0, height - 1);
        if (distance(rgb[down * width + there], colour) <= ALIKE) {
          return true;
        }
      }
    }
    return false;
  }

  /** The largest of the differences in red, green and blue, 0 to 255. */
  private static int distance(int one, int other) {
    int red = Math.abs((one >> 16 & 0xFF) - (other >> 16 & 0xFF));
    int green = Math.abs((one >> 8 & 0xFF) - (other >> 8 & 0xFF));
    int blue = Math.abs((one & 0xFF) - (other & 0xFF));
    return Math.max(red, Math.max(green, blue));
  }

  /**
   * How two pictures differ.
   *
   * @param part the part of all squares that the other has not, nor anything like it nearby; 0 to 1
   * @param densest the same of where it is largest, in a part as large as a short button; 0 to 1
   * @param where what encloses them, in pixels of the window; of negative size if there are none
   */
  record Difference(double part, double densest, Rectangle where) {
    /** Whether it is more than fonts of another machine make. */
    boolean isSeen() {
      return part > SEEN || densest > DENSE;
    }
  }
}
