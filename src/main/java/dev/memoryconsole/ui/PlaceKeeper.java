package dev.memoryconsole.ui;

import dev.memoryconsole.settings.look.WindowPlace;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.beans.InvalidationListener;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Puts the window where it was when it was closed, if there still is such a place, and remembers
 * where it is put. User interface's thread only.
 */
final class PlaceKeeper {
  // What of a window has to be on a screen, so that it can be grabbed and moved.
  private static final double GRIP_WIDTH = 120;
  private static final double GRIP_HEIGHT = 32;
  private static final Duration MOMENT = Duration.millis(500);

  private final Stage stage;
  private final Consumer<WindowPlace> save;
  // Each move and each step of a drag is a change, and a maximized window tells its size before it
  // tells that it is one.
  private final PauseTransition pause = new PauseTransition(MOMENT);
  private @Nullable WindowPlace place;
  private @Nullable WindowPlace saved;

  /**
   * For a window that is not shown yet.
   *
   * @param before null for where it comes
   * @param save called whenever it has come to rest at another place
   */
  PlaceKeeper(Stage stage, @Nullable WindowPlace before, Consumer<WindowPlace> save) {
    this.stage = stage;
    this.save = save;
    this.place = before;
    this.saved = before;
  }

  /** Puts the window there, and follows it from now on. */
  void keep() {
    if (place != null) {
      Rectangle2D wanted = new Rectangle2D(place.x(), place.y(), place.width(), place.height());
      Rectangle2D there =
          fitting(
              wanted,
              Screen.getScreens().stream().map(Screen::getVisualBounds).toList(),
              stage.getMinWidth(),
              stage.getMinHeight());
      stage.setX(there.getMinX());
      stage.setY(there.getMinY());
      stage.setWidth(there.getWidth());
      stage.setHeight(there.getHeight());
      stage.setMaximized(place.maximized());
    }
    pause.setOnFinished(
        event -> {
          if (stage.isShowing()) {
            rest();
          }
        });
    InvalidationListener moved = value -> pause.playFromStart();
    stage.xProperty().addListener(moved);
    stage.yProperty().addListener(moved);
    stage.widthProperty().addListener(moved);
    stage.heightProperty().addListener(moved);
    stage.maximizedProperty().addListener(moved);
    stage.addEventHandler(WindowEvent.WINDOW_HIDING, event -> rest());
  }

  private void rest() {
    pause.stop();
    look();
    if (place != null && !place.equals(saved)) {
      saved = place;
      save.accept(place);
    }
  }

  /** A window that fills a screen goes back to where it was before. */
  private void look() {
    if (stage.isIconified() || stage.isFullScreen()) {
      return;
    }
    if (!stage.isMaximized()) {
      place =
          new WindowPlace(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), false);
    } else if (place != null) {
      place = new WindowPlace(place.x(), place.y(), place.width(), place.height(), true);
    }
  }

  /**
   * The place itself if the window can be grabbed there; otherwise one on the first screen. Never
   * larger than the screen that it is on, nor smaller than a window may be.
   *
   * @param screens what windows may fill of each; the first is where windows come
   */
  static Rectangle2D fitting(
      Rectangle2D wanted, List<Rectangle2D> screens, double minWidth, double minHeight) {
    Rectangle2D grip =
        new Rectangle2D(wanted.getMinX(), wanted.getMinY(), wanted.getWidth(), GRIP_HEIGHT);
    Rectangle2D on =
        screens.stream()
            .filter(
                screen ->
                    common(grip, screen) >= Math.min(GRIP_WIDTH, grip.getWidth()) * GRIP_HEIGHT)
            .max(Comparator.comparingDouble(screen -> common(wanted, screen)))
            .orElse(null);
    Rectangle2D screen = on == null ? screens.getFirst() : on;
    double width = Math.max(minWidth, Math.min(wanted.getWidth(), screen.getWidth()));
    double height = Math.max(minHeight, Math.min(wanted.getHeight(), screen.getHeight()));
    if (on == null) {
      return new Rectangle2D(
          screen.getMinX() + Math.max(0, (screen.getWidth() - width) / 2),
          screen.getMinY() + Math.max(0, (screen.getHeight() - height) / 2),
          width,
          height);
    }
    return new Rectangle2D(wanted.getMinX(), wanted.getMinY(), width, height);
  }

  private static double common(Rectangle2D one, Rectangle2D other) {
    double width =
        Math.min(one.getMaxX(), other.getMaxX()) - Math.max(one.getMinX(), other.getMinX());
    double height =
        Math.min(one.getMaxY(), other.getMaxY()) - Math.max(one.getMinY(), other.getMinY());
    return Math.max(0, width) * Math.max(0, height);
  }
}
