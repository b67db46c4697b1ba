package dev.memoryconsole.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.settings.look.WindowPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

/** Where a window was is where it comes again, unless there is no screen any more. */
@Tag("ui")
class PlaceKeeperTest {
  private static final Rectangle2D FIRST = new Rectangle2D(0, 30, 1920, 1050);
  private static final Rectangle2D LEFT = new Rectangle2D(-1280, 0, 1280, 1024);

  @TempDir Path folder;
  private final List<WindowPlace> saved = new CopyOnWriteArrayList<>();
  private Stage stage;

  @BeforeEach
  void makeStage() throws Exception {
    FxToolkit.registerPrimaryStage();
    stage = FxToolkit.registerStage(Stage::new);
  }

  @AfterEach
  void closeStage() throws Exception {
    FxToolkit.cleanupStages();
  }

  private static Rectangle2D fitting(double x, double y, double width, double height) {
    return PlaceKeeper.fitting(
        new Rectangle2D(x, y, width, height), List.of(FIRST, LEFT), 900, 560);
  }

  @Test
  void aPlaceOnAScreenStays() {
    assertThat(fitting(100, 100, 1280, 800)).isEqualTo(new Rectangle2D(100, 100, 1280, 800));
    assertThat(fitting(-1200, 40, 1000, 700)).isEqualTo(new Rectangle2D(-1200, 40, 1000, 700));
    // Partly beyond the edge, as somebody may like it.
    assertThat(fitting(1500, 900, 1280, 800)).isEqualTo(new Rectangle2D(1500, 900, 1280, 800));
  }

  @Test
  void whereNobodyCouldGrabItItComesToTheFirstScreen() {
    Rectangle2D middle = new Rectangle2D(320, 155, 1280, 800);
    assertThat(fitting(5000, 100, 1280, 800)).isEqualTo(middle);
    assertThat(fitting(100, -900, 1280, 800)).isEqualTo(middle);
    assertThat(fitting(100, 5000, 1280, 800)).isEqualTo(middle);
    assertThat(fitting(1919, 100, 1280, 800)).isEqualTo(middle);
    // A screen that is there no more.
    assertThat(PlaceKeeper.fitting(new Rectangle2D(-1200, 40, 1280, 800), List.of(FIRST), 900, 560))
        .isEqualTo(middle);
  }

  @Test
  void itIsNeitherLargerThanItsScreenNorTooSmall() {
    assertThat(fitting(0, 30, 4000, 3000)).isEqualTo(new Rectangle2D(0, 30, 1920, 1050));
    assertThat(fitting(9000, 30, 4000, 3000)).isEqualTo(new Rectangle2D(0, 30, 1920, 1050));
    assertThat(fitting(10, 40, 20, 20).getWidth()).isEqualTo(900);
    assertThat(fitting(10, 40, 20, 20).getHeight()).isEqualTo(560);
  }

  @Test
  void aWindowComesWhereItWasAndWhereItIsPutIsRemembered() {
    WindowTest.run(
        () -> {
          stage.setScene(new Scene(new Pane(), 300, 200));
          new PlaceKeeper(stage, new WindowPlace(40, 50, 400, 300, false), saved::add).keep();
          stage.show();
        });
    assertThat(WindowTest.ask(() -> List.of(stage.getX(), stage.getY())))
        .containsExactly(40.0, 50.0);
    assertThat(WindowTest.ask(() -> List.of(stage.getWidth(), stage.getHeight())))
        .containsExactly(400.0, 300.0);
    WindowTest.run(
        () -> {
          stage.setX(60);
          stage.setWidth(420);
        });
    WindowTest.until(() -> !saved.isEmpty());
    assertThat(saved).containsExactly(new WindowPlace(60, 50, 420, 300, false));
    WindowTest.run(
        () -> {
          stage.setY(70);
          stage.hide();
        });
    assertThat(saved).last().isEqualTo(new WindowPlace(60, 70, 420, 300, false));
  }

  @Test
  void settingsKeepItAndNonsenseIsNone() throws Exception {
    Path file = folder.resolve("settings.json");
    SettingsFile settings = new SettingsFile(file);
    assertThat(settings.load().windowPlace()).isNull();
    WindowPlace place = new WindowPlace(-5, 6, 1000, 700, true);
    settings.update(now -> now.withWindow(place));
    assertThat(new SettingsFile(file).load().windowPlace()).isEqualTo(place);
    Files.writeString(file, "{\"window\":{\"x\":1,\"y\":2,\"width\":0,\"height\":-3}}");
    assertThat(new SettingsFile(file).load().windowPlace()).isNull();
  }
}
