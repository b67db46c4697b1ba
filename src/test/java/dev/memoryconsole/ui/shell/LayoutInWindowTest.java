package dev.memoryconsole.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.ui.common.Icons;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableRow;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.Text;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.testfx.util.WaitForAsyncUtils;

/** The bars around the screens stay where they are, in small windows and with large text. */
class LayoutInWindowTest extends WindowTest {
  private static final PseudoClass HOVER = PseudoClass.getPseudoClass("hover");

  @ParameterizedTest
  @CsvSource({
    "900, 560, 100, LIGHT",
    "900, 560, 150, DARK",
    "900, 560, 200, LIGHT",
    "1280, 800, 100, DARK",
    "1440, 900, 200, DARK"
  })
  void theBarsStayWholeWhateverTheRunDoes(double width, double height, int percent, Theme theme)
      throws Exception {
    services.enricher.fail("m03", "The model did not answer within 30 s.");
    show(services.store("agent-main.db", legacy(24)), Locale.ENGLISH, theme, width, height);
    run(() -> root().setStyle("-fx-font-size: " + 13 * percent / 100 + "px"));
    String name = "70-layout-%.0fx%.0f-%d-".formatted(width, height, percent);
    assertWhole(name + "1-idle");
    services.enricher.hold();
    press("#upgradeAll");
    press("#yes");
    services.enricher.permit(9);
    until(() -> says("9 / 24") || says("8 / 24"));
    assertWhole(name + "2-running");
    press("#expand");
    until(() -> on("#outcomes"));
    assertWhole(name + "3-outcomes");
    // Dragged as far up as it goes, it still leaves the bars alone.
    run(() -> node("#panes", SplitPane.class).setDividerPositions(0));
    assertWhole(name + "4-dragged");
    services.enricher.release();
    until(() -> on("#dismiss"));
    assertWhole(name + "5-over-outcomes");
    press("#expand");
    assertWhole(name + "6-over");
    if (percent == 100) {
      assertThat(node("#runBar", Node.class).getLayoutBounds().getHeight())
          .as("one line")
          .isLessThan(60);
    }
  }

  @ParameterizedTest
  @CsvSource({"900, 560, 100", "900, 560, 200", "1280, 800, 100"})
  void outcomesAreAsLargeAsTheyWereAndNeverCut(double width, double height, int percent)
      throws Exception {
    appearance = Appearance.USUAL.withTextSize(percent);
    show(services.store("a.db", legacy(24)), Locale.ENGLISH, Theme.DARK, width, height);
    services.enricher.hold();
    press("#upgradeAll");
    press("#yes");
    services.enricher.permit(9);
    until(() -> on("#expand"));
    run(() -> table().requestFocus());
    // Away and back before it was laid out.
    run(
        () -> {
          for (int i = 0; i < 3; i++) {
            button("#expand").fire();
          }
        });
    until(() -> on("#outcomes"));
    Region outcomes = ask(() -> node("#outcomes", Region.class));
    double row = percent == 100 ? 28 : 56;
    assertThat(ask(outcomes::getHeight)).isGreaterThan(4 * row);
    if (ask(() -> root().lookup("#table") == null)) {
      assertThat(ask(() -> outcomes.isFocused())).isTrue();
    } else {
      assertThat(ask(() -> table().getHeight())).isGreaterThan(4 * row);
    }
    for (int i = 0; i < 3; i++) {
      double before = ask(outcomes::getHeight);
      press("#expand");
      until(() -> !on("#outcomes"));
      WaitForAsyncUtils.waitForFxEvents();
      assertThat(ask(() -> table().isFocused())).isTrue();
      press("#expand");
      until(() -> on("#outcomes"));
      assertThat(ask(outcomes::getHeight)).isCloseTo(before, within(2.0));
    }
    Pictures.shoot(stage, "71-outcomes-%.0fx%.0f-%d".formatted(width, height, percent));
    services.enricher.release();
  }

  @ParameterizedTest
  @CsvSource({"900, 560, 100", "900, 560, 200"})
  void theFirstStepsAreReachedInASmallWindow(double width, double height, int percent) {
    services.recent.add(folder.resolve("of-some-agent.db"));
    show(null, Locale.ENGLISH, Theme.LIGHT, width, height);
    run(() -> root().setStyle("-fx-font-size: " + 13 * percent / 100 + "px"));
    Pictures.shoot(stage, "72-welcome-%.0fx%.0f-%d".formatted(width, height, percent));
    for (String step : List.of("#open", "#folder", "#create", "#demo")) {
      Bounds at = ask(() -> button(step).localToScene(button(step).getLayoutBounds()));
      assertThat(at.getMinX()).as(step).isPositive();
      assertThat(at.getMaxX()).as(step).isLessThan(width);
    }
    if (percent == 100) {
      FlowPane actions = node("#actions", FlowPane.class);
      assertThat(ask(() -> actions.getChildren().stream().map(Node::getLayoutY).distinct()))
          .as("rows of buttons")
          .hasSize(1);
    }
    ScrollPane whole = ask(() -> (ScrollPane) root().lookup(".welcome .scroll-pane"));
    assertThat(ask(() -> whole.getContent().getLayoutBounds().getMinY())).isZero();
    assertThat(ask(() -> root().lookup(".welcome-card").getBoundsInParent().getMaxY()))
        .isLessThanOrEqualTo(ask(() -> whole.getContent().getLayoutBounds().getHeight()));
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void aRowUnderThePointerStillShowsThatItIsChosen(Theme theme) throws Exception {
    show(services.store("a.db", legacy(6)), Locale.ENGLISH, theme, 1280, 800);
    click(2, true, false);
    run(() -> row(3).pseudoClassStateChanged(HOVER, true));
    Paint hovered = ask(() -> colour(row(3)));
    assertThat(hovered).isNotEqualTo(ask(() -> colour(row(4))));
    Paint chosen = ask(() -> colour(row(2)));
    run(() -> row(2).pseudoClassStateChanged(HOVER, true));
    assertThat(ask(() -> colour(row(2)))).isEqualTo(chosen).isNotEqualTo(hovered);
  }

  private TableRow<?> row(int index) {
    return table().lookupAll(".table-row-cell").stream()
        .filter(TableRow.class::isInstance)
        .map(node -> (TableRow<?>) node)
        .filter(row -> row.getIndex() == index && !row.isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static Paint colour(TableRow<?> row) {
    row.applyCss();
    return row.getBackground() == null
        ? Color.TRANSPARENT
        : row.getBackground().getFills().getLast().getFill();
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void theIconOfAChosenChipIsAsDarkAsItsWords(Theme theme) throws Exception {
    show(services.store("a.db", legacy(3)), Locale.ENGLISH, theme, 1280, 800);
    FontIcon icon = Icons.of(Feather.X);
    ToggleButton chip = ask(() -> new ToggleButton("Batch 3", icon));
    run(
        () -> {
          chip.getStyleClass().add("chip");
          chip.setSelected(true);
          ((Pane) root()).getChildren().add(chip);
          chip.applyCss();
        });
    assertThat(icon.getFill()).isEqualTo(chip.getTextFill());
  }

  /** The bars and all their buttons are inside the window, none over another, no word cut. */
  private void assertWhole(String picture) {
    Pictures.shoot(stage, picture);
    Bounds window = ask(() -> root().getLayoutBounds());
    for (String bar : List.of(".top-bar", "#runBar")) {
      if (!on(bar)) {
        continue;
      }
      assertThat(problems(bar, window)).as(picture + " " + bar).isEmpty();
    }
  }

  private static boolean isIconWithWordsInItsTooltip(ButtonBase button) {
    return button.getContentDisplay() == ContentDisplay.GRAPHIC_ONLY
        && button.getTooltip() != null
        && button.getText().equals(button.getTooltip().getText());
  }

  private List<String> problems(String bar, Bounds window) {
    return ask(
        () -> {
          List<String> found = new ArrayList<>();
          Node whole = node(bar, Node.class);
          Bounds place = whole.localToScene(whole.getLayoutBounds());
          if (!window.contains(place)) {
            found.add(bar + " is at " + place);
          }
          List<Node> buttons =
              whole.lookupAll(".button").stream().filter(WindowTest::visible).toList();
          for (Node button : buttons) {
            Bounds at = button.localToScene(button.getLayoutBounds());
            if (!place.contains(at) || at.getWidth() < 20) {
              found.add(button + " is at " + at);
            }
            String words = ((ButtonBase) button).getText();
            boolean uncut =
                words == null
                    || isIconWithWordsInItsTooltip((ButtonBase) button)
                    || words.isEmpty()
                    || button.lookupAll(".text").stream()
                        .anyMatch(
                            node -> node instanceof Text text && words.equals(text.getText()));
            if (!uncut) {
              found.add(button + " is cut short");
            }
          }
          return found;
        });
  }
}
