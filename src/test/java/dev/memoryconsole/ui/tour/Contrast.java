package dev.memoryconsole.ui.tour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * How much text stands out from what is really behind it: the window is drawn once without any
 * text, and each text's colour compared with the pixels that are left. User interface's thread
 * only.
 */
final class Contrast {
  /** What WCAG 2 asks of text, to 1. */
  static final double ENOUGH = 4.5;

  // What is left of a text's box by an icon or a line that runs through it says nothing of the
  // text.
  private static final double CHANCE = 0.1;

  private final Map<Text, Bounds> texts = new LinkedHashMap<>();
  private final int width;
  private final int height;
  private final int[] behind;

  private Contrast(Scene scene, Node top) {
    collect(top, scene.getRoot().getLayoutBounds());
    List<Double> opacities = new ArrayList<>();
    texts.keySet().forEach(text -> opacities.add(text.getOpacity()));
    texts.keySet().forEach(text -> text.setOpacity(0));
    WritableImage image = scene.snapshot(null);
    int i = 0;
    for (Text text : texts.keySet()) {
      text.setOpacity(opacities.get(i++));
    }
    width = (int) image.getWidth();
    height = (int) image.getHeight();
    behind = pixels(image);
  }

  /** Says which texts are too faint, each with where. */
  static void check(String place, Scene scene, Node top, Set<String> faults) {
    Contrast contrast = new Contrast(scene, top);
    contrast.texts.forEach((text, at) -> contrast.check(place, text, at, faults));
  }

  private void check(String place, Text text, Bounds at, Set<String> faults) {
    Color fill = (Color) text.getFill();
    double[] found = contrasts(fill, opacity(text), at);
    if (found.length == 0) {
      return;
    }
    Arrays.sort(found);
    double contrast = found[(int) (CHANCE * found.length)];
    if (contrast < ENOUGH) {
      faults.add(
          String.format(
              Locale.ROOT,
              "%s: \"%s\" has %.1f:1, %s, %s",
              place,
              text.getText(),
              contrast,
              fill,
              NodeText.where(text.getParent())));
    }
  }

  private double[] contrasts(Color fill, double opacity, Bounds at) {
    int left = Math.max(0, (int) Math.ceil(at.getMinX()));
    int right = Math.min(width, (int) at.getMaxX());
    int top = Math.max(0, (int) Math.ceil(at.getMinY()));
    int bottom = Math.min(height, (int) at.getMaxY());
    if (right <= left || bottom <= top) {
      return new double[0];
    }
    double[] found = new double[(right - left) * (bottom - top)];
    int i = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        Color under = color(behind[y * width + x]);
        found[i++] = between(over(fill, opacity, under), under);
      }
    }
    return found;
  }

  private void collect(Node node, Bounds room) {
    if (!node.isVisible() || node.isDisabled()) {
      return;
    }
    Bounds visible = room;
    if (node.getClip() != null) {
      visible = common(room, node.localToScene(node.getClip().getBoundsInParent()));
    }
    if (visible.isEmpty()) {
      return;
    }
    if (node instanceof Text text
        && !text.getText().isBlank()
        && text.getFill() instanceof Color
        && !text.getStyleClass().contains("ikonli-font-icon")) {
      Bounds at = common(visible, text.localToScene(text.getLayoutBounds()));
      if (!at.isEmpty()) {
        texts.put(text, at);
      }
    }
    if (node instanceof Parent parent) {
      for (Node child : parent.getChildrenUnmodifiable()) {
        collect(child, visible);
      }
    }
  }

  private static Bounds common(Bounds one, Bounds other) {
    double left = Math.max(one.getMinX(), other.getMinX());
    double top = Math.max(one.getMinY(), other.getMinY());
    return new BoundingBox(
        left,
        top,
        Math.min(one.getMaxX(), other.getMaxX()) - left,
        Math.min(one.getMaxY(), other.getMaxY()) - top);
  }

  private static double opacity(Node node) {
    double opacity = 1;
    for (Node at = node; at != null; at = at.getParent()) {
      opacity *= at.getOpacity();
    }
    return opacity;
  }

  /** Draws a node over the colour that lies behind it. */
  static int[] pixels(Node node) {
    SnapshotParameters parameters = new SnapshotParameters();
    parameters.setFill(ground(node.getParent()));
    return pixels(node.snapshot(parameters, null));
  }

  private static Color ground(@Nullable Node node) {
    if (node == null) {
      return Color.WHITE;
    }
    Color under = ground(node.getParent());
    Background background = node instanceof Region region ? region.getBackground() : null;
    if (background != null) {
      for (BackgroundFill fill : background.getFills()) {
        // A line is drawn as a fill with a smaller one over it.
        if (fill.getFill() instanceof Color color) {
          under = over(color, 1, under);
        }
      }
    }
    return under;
  }

  private static int[] pixels(WritableImage image) {
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    int[] pixels = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    return pixels;
  }

  static Color color(int argb) {
    return Color.rgb(argb >> 16 & 0xFF, argb >> 8 & 0xFF, argb & 0xFF);
  }

  static Color over(Color color, double opacity, Color under) {
    return under.interpolate(
        Color.color(color.getRed(), color.getGreen(), color.getBlue()),
        color.getOpacity() * opacity);
  }

  /** As WCAG 2 has it. */
  static double between(Color one, Color other) {
    double lighter = Math.max(luminance(one), luminance(other));
    double darker = Math.min(luminance(one), luminance(other));
    return (lighter + 0.05) / (darker + 0.05);
  }

  private static double luminance(Color color) {
    return 0.2126 * linear(color.getRed())
        + 0.7152 * linear(color.getGreen())
        + 0.0722 * linear(color.getBlue());
  }

  private static double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
  }
}
