package dev.memoryconsole.ui.tour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.ui.tour.Thumbnail.Difference;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the comparison of pictures sees, and what it lets pass, on pictures that were accepted. */
class ThumbnailTest {
  // In squares: the bar above all screens, the rail at their left, a bar below them.
  private static final int BAR = 47 / Thumbnail.BLOCK;
  private static final int RAIL = 52 / Thumbnail.BLOCK;

  @ParameterizedTest
  @ValueSource(strings = {"en-small-memories", "en-small-overview", "en-small-settings"})
  void theOtherColoursAreSeen(String place) throws Exception {
    Difference difference =
        Thumbnail.small(picture(place + "-light"))
            .against(Thumbnail.small(picture(place + "-dark")));
    assertThat(difference.isSeen()).isTrue();
    assertThat(difference.part()).isGreaterThan(0.5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"en-small-outcomes-light", "en-small-memories-dark", "en-small-memories-light"})
  void aBarThatIsGoneIsSeen(String name) throws Exception {
    BufferedImage whole = picture(name);
    assertThat(difference(whole, moved(whole, 0, -BAR)).isSeen()).as("above").isTrue();
    BufferedImage without = moved(whole, 0, 0);
    Graphics2D pen = without.createGraphics();
    pen.setColor(new Color(whole.getRGB(whole.getWidth() / 2, whole.getHeight() / 2)));
    pen.fillRect(RAIL, whole.getHeight() - BAR, whole.getWidth() - RAIL, BAR);
    pen.dispose();
    Difference gone = difference(whole, without);
    assertThat(gone.isSeen()).as("below: %s", gone).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"en-small-outcomes-light", "en-small-memories-dark", "en-small-runs-light"})
  void aColumnThatLeftTheWindowIsSeen(String name) throws Exception {
    BufferedImage whole = picture(name);
    Difference difference = difference(whole, moved(whole, -RAIL, 0));
    assertThat(difference.isSeen()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"en-small-outcomes-light", "en-small-memories-dark", "en-small-runs-light"})
  void lettersOfAnotherMachinePass(String name) throws Exception {
    BufferedImage whole = picture(name);
    BufferedImage other = moved(whole, 0, 0);
    SplittableRandom random = new SplittableRandom(3);
    for (int y = 0; y < other.getHeight(); y++) {
      for (int x = 0; x < other.getWidth(); x++) {
        Color was = new Color(whole.getRGB(Math.max(0, x - random.nextInt(2)), y));
        other.setRGB(x, y, darker(was, random.nextInt(-12, 13)).getRGB());
      }
    }
    Difference difference = difference(whole, other);
    assertThat(difference.isSeen()).as("%s", difference).isFalse();
  }

  private static Color darker(Color was, int by) {
    return new Color(
        channel(was.getRed() - by), channel(was.getGreen() - by), channel(was.getBlue() - by));
  }

  private static int channel(int value) {
    return Math.clamp(value, 0, 255);
  }

  private static Difference difference(BufferedImage one, BufferedImage other) {
    return Thumbnail.small(one).against(Thumbnail.small(other));
  }

  private static BufferedImage moved(BufferedImage picture, int right, int down) {
    BufferedImage moved =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < moved.getHeight(); y++) {
      for (int x = 0; x < moved.getWidth(); x++) {
        moved.setRGB(
            x,
            y,
            picture.getRGB(
                Math.clamp(x - right, 0, moved.getWidth() - 1),
                Math.clamp(y - down, 0, moved.getHeight() - 1)));
      }
    }
    return moved;
  }

  private static BufferedImage picture(String name) throws IOException {
    return ImageIO.read(Gallery.accepted(name).toFile());
  }
}
