package dev.memoryconsole.ui.locks.chart;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.beans.value.ObservableValue;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/**
 * A picture on a canvas that fills its region, takes its colours from the style sheet ({@code
 * -runs-color}, {@code -grid-color} and so on) and is drawn anew at most once a pulse.
 */
abstract class ChartRegion extends Region {
  /** What the colours are for. */
  enum Ink {
    RUNS("steelblue"),
    OWN_WORK("slategray"),
    CONSOLES("teal"),
    OTHERS("darkorange"),
    GRID("lightgray"),
    TEXT("dimgray"),
    TROUBLE("crimson"),
    BAND("aliceblue"),
    MARK("black");

    private final String fallback;

    /**
     * What it is for.
     *
     * @param fallback the name of the colour where the style sheet has none
     */
    Ink(String fallback) {
      this.fallback = fallback;
    }

    static Ink of(Lane lane) {
      return switch (lane) {
        case RUNS -> RUNS;
        case OWN_WORK -> OWN_WORK;
        case CONSOLES -> CONSOLES;
        case OTHERS -> OTHERS;
      };
    }

    private Color color() {
      return Color.web(fallback);
    }

    private String property() {
      return "-" + name().toLowerCase(Locale.ROOT).replace('_', '-') + "-color";
    }
  }

  private static final StyleablePropertyFactory<ChartRegion> FACTORY =
      new StyleablePropertyFactory<>(Region.getClassCssMetaData());

  private final Canvas canvas = new Canvas();
  private final Map<Ink, StyleableProperty<Color>> inks = new EnumMap<>(Ink.class);
  private boolean stale = true;

  ChartRegion() {
    for (Ink ink : Ink.values()) {
      StyleableProperty<Color> property =
          FACTORY.createStyleableColorProperty(
              this, ink.name(), ink.property(), region -> region.property(ink), ink.color());
      inks.put(ink, property);
      if (property instanceof ObservableValue<?> observable) {
        observable.addListener(
            value -> {
              inksChanged();
              redraw();
            });
      }
    }
    canvas.setManaged(false);
    getChildren().add(canvas);
  }

  /** Draws everything; the canvas is empty. */
  abstract void draw(GraphicsContext on, double width, double height);

  /** Called when a colour has changed, before the next drawing. */
  void inksChanged() {}

  /** Where the canvas begins, pixels from the left. */
  double canvasLeft() {
    return snappedLeftInset();
  }

  final Color ink(Ink ink) {
    Color value = property(ink).getValue();
    return value == null ? ink.color() : value;
  }

  /** Has it drawn anew with the next pulse. */
  final void redraw() {
    stale = true;
    requestLayout();
  }

  final double canvasWidth() {
    return canvas.getWidth();
  }

  final double canvasHeight() {
    return canvas.getHeight();
  }

  @Override
  protected void layoutChildren() {
    double left = canvasLeft();
    double top = snappedTopInset();
    double width = Math.max(0, Math.floor(getWidth() - left - snappedRightInset()));
    double height = Math.max(0, Math.floor(getHeight() - top - snappedBottomInset()));
    if (canvas.getWidth() != width || canvas.getHeight() != height) {
      canvas.setWidth(width);
      canvas.setHeight(height);
      stale = true;
    }
    canvas.relocate(left, top);
    if (stale && width > 0 && height > 0) {
      stale = false;
      GraphicsContext on = canvas.getGraphicsContext2D();
      on.clearRect(0, 0, width, height);
      draw(on, width, height);
    }
  }

  @Override
  public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
    return FACTORY.getCssMetaData();
  }

  private StyleableProperty<Color> property(Ink ink) {
    @Nullable StyleableProperty<Color> property = inks.get(ink);
    if (property == null) {
      throw new IllegalStateException("No colour for " + ink);
    }
    return property;
  }
}
