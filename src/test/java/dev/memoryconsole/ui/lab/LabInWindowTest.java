package dev.memoryconsole.ui.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.lab.LabResult;
import dev.memoryconsole.lab.Strategy;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.ui.TestServices;
import dev.memoryconsole.ui.WindowTest;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contention lab in the real window. */
class LabInWindowTest extends WindowTest {
  private static final Path PICTURES =
      Path.of(System.getProperty("screens.directory", "target/screens"));

  LabInWindowTest() {
    clock = Clock.systemUTC();
  }

  private void set(String spinner, int value) {
    run(
        () -> {
          @SuppressWarnings("unchecked")
          Spinner<Integer> there = (Spinner<Integer>) node(spinner, Spinner.class);
          there.getValueFactory().setValue(value);
        });
  }

  private void quick(int entries, int modelMillis) {
    set("#labEntries", entries);
    set("#labModelMillis", modelMillis);
    set("#labWriterMillis", 5);
  }

  private int tried() {
    return node("#labTable", TableView.class).getItems().size();
  }

  private long acquisitions() {
    for (Object row : node("#labTable", TableView.class).getItems()) {
      if (row instanceof LabResult one && one.strategy() == Strategy.LOCK_PER_BATCH) {
        return one.acquisitions();
      }
    }
    return -1;
  }

  private boolean nothingIsLeft() {
    Path copies = services.labWorkspace().resolve("lab");
    if (!Files.exists(copies)) {
      return true;
    }
    try (Stream<Path> left = Files.list(copies)) {
      return left.findAny().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private void shoot(String name) throws IOException {
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
    Files.createDirectories(PICTURES);
    ImageIO.write(copy, "png", PICTURES.resolve(name + ".png").toFile());
  }

  @Test
  void fourWaysOfLockingAreTriedAndTheirTableCopied() throws Exception {
    show(services.store("agent-main.db", legacy(12)));
    openLab();
    assertThat(ask(() -> button("#copyLab").isDisabled())).isTrue();
    quick(12, 2);
    press("#runLab");
    until(() -> !button("#copyLab").isDisabled());
    assertThat(ask(this::tried)).isEqualTo(4);
    assertThat(ask(() -> lists("One lock per batch (this app)"))).isTrue();
    press("#copyLab");
    String copied = ask(() -> Clipboard.getSystemClipboard().getString());
    // How many rows a batch takes depends on how busy the machine is: it is what the table says.
    assertThat(copied)
        .startsWith("| strategy |")
        .contains("| lock-per-batch | %d |".formatted(ask(this::acquisitions)));
    assertThat(ask(() -> node("#totals", Label.class).getText())).contains("12 legacy");
    key(KeyCode.ESCAPE, false, false);
    until(() -> !on("#runLab"));
    assertThat(nothingIsLeft()).isTrue();
  }

  @Test
  void aVisitCanBeCancelledAndLeavesNothing() throws Exception {
    show(services.store("agent-main.db", legacy(12)));
    openLab();
    quick(12, 20_000);
    press("#runLab");
    until(() -> says("Trying lock-during-model: 0 of 12"));
    key(KeyCode.ESCAPE, false, false);
    assertThat(ask(() -> on("#runLab"))).as("it is still at work").isTrue();
    press("#cancelLab");
    until(() -> !button("#runLab").isDisabled());
    until(this::nothingIsLeft);
    assertThat(ask(this::tried)).isZero();
    quick(3, 0);
    press("#runLab");
    until(() -> tried() == 4 && !button("#runLab").isDisabled());
  }

  @Test
  void theLabIsOneStepFromTheLocks() throws Exception {
    Path store = services.store("agent-main.db", legacy(12));
    show(store, Locale.ENGLISH, Theme.LIGHT, 900, 600);
    press("#upgradeAll");
    press("#yes");
    until(() -> on("#dismiss"));
    press("#locks");
    until(() -> on("#openLab"));
    shoot("75-locks-small");
    press("#openLab");
    until(() -> on("#runLab"));
  }

  @Test
  void closingTheStoreEndsTheVisit() throws Exception {
    show(services.store("agent-main.db", legacy(12)));
    openLab();
    quick(12, 20_000);
    press("#runLab");
    until(() -> says("Trying lock-during-model: 0 of 12"));
    run(() -> stage.hide());
    until(this::nothingIsLeft);
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void pictures(Theme theme) throws Exception {
    String suffix = "-" + theme.name().toLowerCase(Locale.ROOT);
    Path store = services.store("agent-main.db", TestServices.demoRows());
    show(store, Locale.ENGLISH, theme, 1280, 800);
    openLab();
    shoot("70-lab" + suffix);
    quick(40, 30);
    press("#runLab");
    until(() -> tried() == 2);
    shoot("71-lab-at-work" + suffix);
    until(() -> tried() == 4 && !button("#runLab").isDisabled());
    shoot("72-lab-results" + suffix);
    assertThat(PICTURES.resolve("72-lab-results" + suffix + ".png")).exists();
  }

  @ParameterizedTest
  @EnumSource(Small.class)
  void picturesOfASmallWindow(Small small) throws Exception {
    Path store = services.store("agent-main.db", TestServices.demoRows());
    show(store, small.locale, Theme.LIGHT, 900, 600);
    openLab();
    quick(10, 5);
    press("#runLab");
    until(() -> tried() == 4 && !button("#runLab").isDisabled());
    shoot(small.picture);
    assertThat(ask(() -> node("#lab", VBox.class).getHeight()))
        .as("it fits")
        .isLessThanOrEqualTo(600);
  }

  private enum Small {
    ENGLISH(Locale.ENGLISH, "73-lab-small"),
    CHINESE(Locale.SIMPLIFIED_CHINESE, "74-lab-chinese");

    final Locale locale;
    final String picture;

    Small(Locale locale, String picture) {
      this.locale = locale;
      this.picture = picture;
    }
  }
}
