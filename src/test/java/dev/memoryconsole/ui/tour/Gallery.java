package dev.memoryconsole.ui.tour;

import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.tour.Thumbnail.Difference;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.text.Text;
import javax.imageio.ImageIO;

/**
 * Whether a place looks as it did: its picture is compared, made small, with the one that was
 * accepted. With {@value #ACCEPT} it becomes the one that is.
 */
final class Gallery implements EveryPlace.Visitor {
  private static final String ACCEPT = "pictures.accept";
  private static final String HOW =
      "If it is meant to look so, accept it: mvn test -Plong -Dtest=PicturesInWindowTest -D"
          + ACCEPT
          + "=true";
  private static final Path ACCEPTED = Path.of("src/test/resources/dev/memoryconsole/ui/tour");

  private static final Path FONTS = ACCEPTED.resolve("fonts.txt");

  private final EveryPlace window;
  private final String name;
  private final EveryPlace.Visitor inEach;
  private final boolean accepting = Boolean.getBoolean(ACCEPT);
  private final Set<String> faults = new LinkedHashSet<>();

  /**
   * @param name what the names of all its pictures begin with: language and size
   * @param inEach looks at each place in either colours, too
   */
  Gallery(EveryPlace window, String name, EveryPlace.Visitor inEach) {
    this.window = window;
    this.name = name;
    this.inEach = inEach;
  }

  /**
   * Which fonts this machine draws with, or those of the machine whose pictures were accepted: with
   * others lines break elsewhere, and nothing can be said of what the window looks like.
   */
  String fonts(boolean ofAccepted) throws IOException {
    if (accepting && ofAccepted) {
      Files.createDirectories(ACCEPTED);
      Files.writeString(FONTS, fonts(false) + "\n");
    }
    return ofAccepted ? Files.readString(FONTS).strip() : EveryPlace.see(Gallery::sizes);
  }

  /** What says of the lock whether it was waited for, which it is on a busy machine. */
  private Set<Node> measured() {
    return window.scene().getRoot().lookupAll("#runBar #lock");
  }

  private static String sizes() {
    Text latin = new Text("What does the agent remember?");
    Text chinese = new Text("旧记忆怎样升级");
    return Stream.of(latin, chinese)
        .map(Text::getLayoutBounds)
        .map(size -> "%.0f × %.0f".formatted(size.getWidth(), size.getHeight()))
        .collect(Collectors.joining(", ", latin.getFont().getFamily() + ": ", ""));
  }

  /** The file of a picture that was accepted. */
  static Path accepted(String picture) {
    return ACCEPTED.resolve(picture + ".png");
  }

  /** What is wrong, each with the file of the new picture. */
  Set<String> faults() {
    return faults;
  }

  @Override
  public void at(String place) throws Exception {
    compare(place);
    inEach.at(place);
    EveryPlace.act(window::otherTheme);
    compare(place);
    inEach.at(place);
    EveryPlace.act(window::otherTheme);
  }

  private void compare(String place) throws IOException {
    String theme = EveryPlace.see(window::isDark) ? "dark" : "light";
    String picture = "%s-%s-%s".formatted(name, place, theme);
    // What has the focus is seen to elsewhere, and may depend on which of two things came first.
    Node focused = EveryPlace.see(() -> window.scene().getFocusOwner());
    List<PseudoClass> states =
        focused == null
            ? List.of()
            : Access.FOCUS.stream().filter(focused.getPseudoClassStates()::contains).toList();
    EveryPlace.act(() -> states.forEach(state -> focused.pseudoClassStateChanged(state, false)));
    EveryPlace.act(() -> measured().forEach(node -> node.setOpacity(0)));
    Path file = Pictures.shoot(window.scene(), "80-" + picture);
    EveryPlace.act(() -> measured().forEach(node -> node.setOpacity(1)));
    EveryPlace.act(() -> states.forEach(state -> focused.pseudoClassStateChanged(state, true)));
    Thumbnail now = Thumbnail.of(ImageIO.read(file.toFile()));
    Path before = accepted(picture);
    if (accepting) {
      accept(now, before);
    } else if (!Files.exists(before)) {
      fault(picture, place, "is new, nobody has accepted a picture of it yet", file);
    } else {
      compare(picture, place, file, Thumbnail.small(ImageIO.read(before.toFile())), now);
    }
  }

  private void compare(String picture, String place, Path file, Thumbnail before, Thumbnail now) {
    if (!before.isAsLargeAs(now)) {
      fault(picture, place, "is of another size than the accepted one", file);
      return;
    }
    Difference difference = before.against(now);
    if (difference.isSeen()) {
      Rectangle where = difference.where();
      fault(
          picture,
          place,
          String.format(
              Locale.ROOT,
              "differs from the accepted one in %.1f %% of it, between (%d, %d) and (%d, %d)",
              100 * difference.part(),
              where.x,
              where.y,
              where.x + where.width,
              where.y + where.height),
          file);
    }
  }

  private void fault(String picture, String place, String what, Path file) {
    faults.add(
        "The picture %s of the place \"%s\" %s: look at %s. %s"
            .formatted(picture, place, what, file, HOW));
  }

  /** Writes it only if it can be told from the one before, so that a commit has what changed. */
  private static void accept(Thumbnail now, Path accepted) throws IOException {
    if (Files.exists(accepted)) {
      Thumbnail before = Thumbnail.small(ImageIO.read(accepted.toFile()));
      if (before.isAsLargeAs(now) && !before.against(now).isSeen()) {
        return;
      }
    }
    Files.createDirectories(ACCEPTED);
    BufferedImage image = now.image();
    ImageIO.write(image, "png", accepted.toFile());
  }
}
